import type { Ledger } from './ledger.ts';
import type { MetricName } from './metric-names.ts';
import type { Settings } from './settings.ts';
import type { Cause, EntryRef, Incarnation, Outcome, Place, PolicyAssociation, Principal, Snapshot } from './shapes.ts';

/** A cluster as far as its access entries are concerned. */
export interface Cluster {
  readonly name: string;
  readonly arn: string;
  readonly status: string;
  readonly authenticationMode: string;
  /** Tells a cluster from a later one of the same name. */
  readonly createdAt: string;
}

/** An access entry as EKS shows it. The id it is bound to is not in it: no API tells. */
export interface AccessEntry {
  readonly entryArn: string;
  readonly principalArn: string;
  readonly createdAt: string;
  readonly modifiedAt: string;
  readonly type: string;
  readonly username: string;
  readonly kubernetesGroups: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
}

/** A principal as one read of IAM shows it, stale or not. */
export interface PrincipalReading {
  /** `arn:…`, or for a while after a create the bare unique id. */
  readonly arn: string;
  readonly principalId: string;
  readonly createdAt: string;
  readonly path: string;
  readonly tags: Readonly<Record<string, string>>;
  /** Plain JSON; users have none. */
  readonly trustPolicy?: string;
  readonly permissionsBoundaryArn?: string;
}

/** Reads clusters. */
export interface Clusters {
  list(place: Place): Promise<string[]>;
  describe(place: Place, clusterName: string): Promise<Cluster | undefined>;
}

/** Reads access entries; undefined where there is none. */
export interface AccessEntries {
  /** ARNs of the principals that have an entry in the cluster. */
  list(place: Place, clusterName: string): Promise<string[]>;
  describe(entry: EntryRef): Promise<AccessEntry | undefined>;
  /** Empty, too, where there is no entry. */
  policies(entry: EntryRef): Promise<PolicyAssociation[]>;
}

/** Reads principals; undefined is NoSuchEntity. */
export interface Principals {
  read(principal: Principal): Promise<PrincipalReading | undefined>;
}

/** Makes an entry. `in-use`: one stands there already. Throws `PrincipalNotPropagated` or `CannotRecreate`. */
export interface EntryCreation {
  create(entry: EntryRef, snapshot: Snapshot, clientRequestToken: string): Promise<{ entryArn: string } | 'in-use'>;
}

/** Deletes an entry, sent once. `unclear`: the answer was lost or was a server error; look before trying again. */
export interface EntryDeletion {
  delete(entry: EntryRef): Promise<'deleted' | 'already-gone' | 'unclear'>;
}

/** Gives an entry a policy in a scope. Throws `EntryNotPropagated` or `CannotRecreate`. */
export interface PolicyAssociations {
  associate(entry: EntryRef, policy: PolicyAssociation): Promise<void>;
}

/** What `rebind-entry` is started with. */
export interface RebindInput {
  readonly schemaVersion: 1;
  readonly entry: EntryRef;
  readonly incarnation: Incarnation;
  readonly generation: number;
  readonly cause: Cause;
}

/** How an execution of `rebind-entry` stands. */
export interface RebindStatus {
  readonly status: 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED' | 'PENDING_REDRIVE';
  readonly outcome?: string;
  /** False where it failed, and AWS lets nobody redrive it any more. */
  readonly isRedrivable?: boolean;
}

/** Starts `rebind-entry` executions. */
export interface Rebinds {
  /** The ARN that an execution of this name has. */
  executionArn(name: string): string;
  start(name: string, input: RebindInput): Promise<'started' | 'already-exists'>;
  describe(name: string): Promise<RebindStatus>;
}

/** Executions of `rebind-entry` that run now, by their names. */
export interface RunningRebinds {
  names(): Promise<readonly string[]>;
}

/** One outcome as it is announced. */
export interface Announcement {
  readonly outcome: Outcome;
  readonly entry: EntryRef;
  readonly incarnation: Incarnation;
  readonly executionArn: string;
  readonly cause: Cause;
}

/** Tells the world: an event with source `eks-rebind` on the default bus. */
export interface Announcements {
  announce(announcement: Announcement): Promise<void>;
}

/** Tells people: a message to the topic they subscribed to. */
export interface Notifications {
  notify(notification: { readonly subject: string; readonly message: string }): Promise<void>;
}

/** Where people send their answers. */
interface Answering {
  readonly url: string;
}

/** Ends an execution's wait for a person. `too-late`: it waits no more. */
export interface TaskTokens {
  succeed(taskToken: string, output: unknown): Promise<'sent' | 'too-late'>;
}

/** Reads every role and user of an account in one pass. Tags and permissions boundaries are not in it. */
export interface AllPrincipals {
  list(accountId: string): Promise<PrincipalReading[]>;
}

/** Reads which instance profiles hold a role. */
export interface InstanceProfiles {
  /** Names of the instance profiles that hold the role. */
  holding(role: Principal): Promise<string[]>;
}

/** Counts and durations for CloudWatch. What is recorded can't fail a step. */
export interface Metrics {
  record(values: Readonly<Partial<Record<MetricName, number>>>): void;
}

/** What a custom resource answers to CloudFormation. */
export interface StackResponse {
  readonly Status: 'SUCCESS' | 'FAILED';
  /** Shown to whoever runs the stack; CloudFormation takes 4,096 bytes of response in all. */
  readonly Reason: string;
  readonly PhysicalResourceId: string;
  readonly StackId: string;
  readonly RequestId: string;
  readonly LogicalResourceId: string;
}

/** Answers CloudFormation, which waits for its custom resources. */
export interface StackResponses {
  answer(url: string, response: StackResponse): Promise<void>;
}

/** The account that the service itself is in; further ones are in the settings. */
interface OwnAccount {
  readonly accountId: string;
}

/** Makes a call that changes IAM and that IAM has to deny. `allowed`: it would have let us. */
export interface Heartbeat {
  beat(roleName: string): Promise<'denied' | 'allowed'>;
}

/** Everything a step may reach; each step names the groups it uses, and its role allows no more. */
export interface Ports {
  readonly settings: Settings;
  readonly ownAccount: OwnAccount;
  readonly ledger: Ledger;
  readonly clusters: Clusters;
  readonly accessEntries: AccessEntries;
  readonly principals: Principals;
  readonly entryCreation: EntryCreation;
  readonly entryDeletion: EntryDeletion;
  readonly policyAssociations: PolicyAssociations;
  readonly rebinds: Rebinds;
  readonly runningRebinds: RunningRebinds;
  readonly announcements: Announcements;
  readonly notifications: Notifications;
  readonly answering: Answering;
  readonly taskTokens: TaskTokens;
  readonly allPrincipals: AllPrincipals;
  readonly instanceProfiles: InstanceProfiles;
  readonly metrics: Metrics;
  readonly heartbeat: Heartbeat;
  readonly stackResponses: StackResponses;
}
