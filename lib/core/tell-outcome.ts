import type { MetricName } from './metric-names.ts';
import { outcomeNotification } from './outcome-notification.ts';
import type { Announcement, Ports } from './ports.ts';
import type { OutcomeName } from './shapes.ts';

/** The ways in which an outcome is told. */
export type TellPorts = Pick<Ports, 'announcements' | 'notifications' | 'metrics'>;

/** The outcomes that are counted. The others are in the executions' own metrics, and in the event. */
const COUNTED: Readonly<Partial<Record<OutcomeName, MetricName>>> = {
  Rebound: 'Rebound',
  Refused: 'Refused',
  Orphaned: 'Orphaned',
  OrphanRemoved: 'Orphaned',
};

/**
 * Tells programs, people and CloudWatch of an outcome. The event comes first: should what follows fail, all of it is tried again,
 * and programs have to bear an event twice anyway, since EventBridge delivers at least once, while nobody wants the same mail
 * seven times. A notification is sent twice only where its own answer was lost. Counted is what was told.
 */
export async function tellOutcome(
  announcement: Announcement,
  { announcements, notifications, metrics }: TellPorts,
): Promise<void> {
  await announcements.announce(announcement);
  await notifications.notify(outcomeNotification(announcement));
  const counted = COUNTED[announcement.outcome.name];
  if (counted) metrics.record({ [counted]: 1 });
}
