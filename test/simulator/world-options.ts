import type { Ports } from '../../lib/core/ports.ts';
import type { Template } from '../../lib/infra/synthesize.ts';
import type { EksBehaviour } from '../../lib/local/eks/behaviour.ts';
import type { EventTravel } from '../../lib/local/events/event-bus.ts';
import type { ReadLag } from '../../lib/local/iam/read-lag.ts';

/** A role that stands in the world from the start. */
export interface RoleSeed {
  readonly name: string;
  /** @default '/' */
  readonly path?: string;
  /** @default trust in EC2, as a node role has it */
  readonly trust?: object;
  /** @default none */
  readonly tags?: Readonly<Record<string, string>>;
}

/** A cluster that stands in the world from the start. */
export interface ClusterOfWorld {
  readonly name: string;
  /** @default the first region */
  readonly region?: string;
  /** @default 'API' */
  readonly mode?: 'API' | 'API_AND_CONFIG_MAP' | 'CONFIG_MAP';
  /** @default 'ACTIVE' */
  readonly status?: 'ACTIVE' | 'CREATING' | 'DELETING' | 'UPDATING' | 'FAILED';
}

/** An access entry that stands in the world from the start, bound to the role that stands there too. */
export interface EntryOfWorld {
  /** The role by name; its path is looked up. */
  readonly role: string;
  /** @default the first cluster */
  readonly cluster?: string;
  /** @default the first region */
  readonly region?: string;
  /** @default 'EC2_LINUX' */
  readonly type?: string;
  readonly username?: string;
  readonly groups?: readonly string[];
  readonly tags?: Readonly<Record<string, string>>;
  /** Policies by name (`AmazonEKSViewPolicy`), each with its namespaces; none means the whole cluster. */
  readonly policies?: Readonly<Record<string, readonly string[]>>;
  /** Made this many seconds before the start. @default a day */
  readonly ageSeconds?: number;
}

/** What a simulated world is made of. */
export interface SimulationOptions {
  /** @default 1 */
  readonly seed?: number;
  /** @default 'aws' */
  readonly partition?: 'aws' | 'aws-cn' | 'aws-us-gov';
  /** Regions that are searched. @default one of the partition */
  readonly regions?: readonly string[];
  /** @default one node role, `nodes` */
  readonly roles?: readonly RoleSeed[];
  /** @default one cluster, `prod` */
  readonly clusters?: readonly ClusterOfWorld[];
  /** @default an `EC2_LINUX` entry of each role in each cluster */
  readonly entries?: readonly EntryOfWorld[];
  /** The service's settings. @default its own defaults, but for a grace of 15 minutes */
  readonly environment?: Readonly<Record<string, string>>;
  readonly lag?: Partial<ReadLag>;
  readonly travel?: EventTravel;
  readonly eks?: Partial<EksBehaviour>;
  /** Ports that all steps share besides the ledger: what the local AWS has no service for. @default none */
  readonly ports?: Partial<Ports>;
  /** Where the service remembers: in this process, or in the local AWS's DynamoDB. @default 'memory', which is faster */
  readonly ledger?: 'memory' | 'dynamodb';
  /** Gives back the template that is deployed instead. @default the one that is synthesized */
  readonly change?: (template: Template) => Template;
  /** Whether the inventory was taken before the story begins. @default true */
  readonly inventory?: boolean;
}

export const ACCOUNT = '111122223333';
export const START = Date.parse('2026-03-02T09:00:00Z');

/** Where the service lives in a partition: where IAM's events arise. */
export const HOME_REGIONS = { aws: 'us-east-1', 'aws-cn': 'cn-north-1', 'aws-us-gov': 'us-gov-west-1' } as const;

/** Where clusters are, unless a world says otherwise. */
export const CLUSTER_REGIONS = { aws: 'eu-west-1', 'aws-cn': 'cn-northwest-1', 'aws-us-gov': 'us-gov-east-1' } as const;

/** A trust policy of one statement. */
export const trusting = (principal: object): object => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: principal, Action: 'sts:AssumeRole' }],
});

export const NODE_TRUST = trusting({ Service: 'ec2.amazonaws.com' });
