import type { Rule } from './bus-state.ts';
import { type BusEvent, eventTime } from './event.ts';

const UNITS: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

// EventBridge user guide, "Rate expressions reference": one unit is written without an s, more with.
const RATE = /^rate\(([1-9]\d*) (minute|hour|day)(s?)\)$/;

/** How much time passes between two firings of a `rate(…)`. */
export function intervalOf(ruleName: string, expression: string): number {
  const [, count = '', unit = '', plural] = RATE.exec(expression) ?? [];
  const interval = Number(count) * (UNITS[unit] ?? 0);
  if (interval > 0 && (count === '1') === (plural === '')) return interval;
  throw new Error(
    `rule '${ruleName}' has the schedule '${expression}': the local AWS emulates rate(1 minute), rate(6 hours), rate(2 days) and the like`,
  );
}

// Six fields: minutes, hours, day of the month, month, day of the week, year (user guide, "Cron expressions reference").
const CRON = /^cron\(\S+( \S+){5}\)$/;

/** Refuses a schedule that EventBridge would. One by the calendar is taken, to be fired when asked, and its fields aren't read. */
export function checkSchedule(ruleName: string, expression: string): void {
  if (!CRON.test(expression)) intervalOf(ruleName, expression);
}

/** What the targets of a schedule get, and no other rule sees (EventBridge user guide, "Creating a rule that runs on a schedule"). */
export const scheduledEvent = ({ arn, accountId, region }: Rule, id: string, now: number): BusEvent => ({
  version: '0',
  id,
  'detail-type': 'Scheduled Event',
  source: 'aws.events',
  account: accountId,
  time: eventTime(now),
  region,
  resources: [arn],
  detail: {},
});
