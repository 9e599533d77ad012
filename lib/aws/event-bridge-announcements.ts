import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { AwsUnavailable } from '../core/errors.ts';
import type { Announcements } from '../core/ports.ts';
import { SCHEMA_VERSION } from '../core/shapes.ts';
import type { Clients } from './clients.ts';
import { nameErrors } from './name-errors.ts';

/** IAM actions of the port `announcements`. */
export const EVENT_BRIDGE_ANNOUNCEMENTS_ACTIONS = ['events:PutEvents'] as const;

/** What rules of other people match on. Public, as outcomes are. */
export const EVENT_SOURCE = 'eks-rebind';
export const EVENT_DETAIL_TYPE = 'Rebind Outcome';

/** Puts outcomes on the default event bus. */
export function eventBridgeAnnouncements(clients: Clients): Announcements {
  return {
    announce: (announcement) =>
      nameErrors('events:PutEvents', async () => {
        const entry = {
          Source: EVENT_SOURCE,
          DetailType: EVENT_DETAIL_TYPE,
          Resources: [announcement.executionArn],
          Detail: JSON.stringify({ schemaVersion: SCHEMA_VERSION, ...announcement }),
        };
        const answer = await clients.eventBridge().send(new PutEventsCommand({ Entries: [entry] }));
        // PutEvents answers 200 even when it took nothing: each entry has its own error (EventBridge API reference).
        const failed = answer.Entries?.find((result) => result.ErrorCode !== undefined);
        if (failed)
          throw new AwsUnavailable(`events:PutEvents took nothing; ${failed.ErrorCode}: ${failed.ErrorMessage}`);
      }),
  };
}
