import type { Clients } from '../../aws/clients.ts';
import type { Runtime } from '../../runtime.ts';

/** How a command reaches AWS, as options of every command that does. */
export interface ConnectionOptions {
  /** Regions, or `all`; repeatable. @default the environment's or the profile's region */
  readonly region?: readonly string[];
  /** @default the environment's keys or profile */
  readonly profile?: string;
  /** The account that the credentials have to be for. @default whichever they are for */
  readonly account?: string;
}

/** A person's own way to AWS: whose account, which regions, and clients for it. */
export interface Session {
  readonly runtime: Runtime;
  readonly clients: Clients;
  readonly partition: string;
  readonly accountId: string;
  /** Who calls, as STS shows it. */
  readonly callerArn: string;
  readonly regions: readonly string[];
  /** Where IAM's events arise, and so the service lives, in this partition. */
  readonly homeRegion: string;
  /** How many answers so far said "slow down". */
  readonly throttles: () => number;
}
