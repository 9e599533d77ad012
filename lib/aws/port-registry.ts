import { InvalidSettings, LedgerNotConfigured } from '../core/errors.ts';
import type { Ports } from '../core/ports.ts';
import { readSettings } from '../core/settings.ts';
import type { Runtime } from '../runtime.ts';
import { ACCOUNT_VARIABLE, ownAccountOf } from './accounts.ts';
import { type Clients, createClients } from './clients.ts';
import { DYNAMODB_LEDGER_ACTIONS, dynamodbLedger } from './dynamodb-ledger.ts';
import { EKS_ACCESS_ENTRIES_ACTIONS, eksAccessEntries } from './eks-access-entries.ts';
import { EKS_CLUSTERS_ACTIONS, eksClusters } from './eks-clusters.ts';
import { EKS_ENTRY_CREATION_ACTIONS, eksEntryCreation } from './eks-entry-creation.ts';
import { EKS_ENTRY_DELETION_ACTIONS, eksEntryDeletion } from './eks-entry-deletion.ts';
import { EKS_POLICY_ASSOCIATIONS_ACTIONS, eksPolicyAssociations } from './eks-policy-associations.ts';
import { EVENT_BRIDGE_ANNOUNCEMENTS_ACTIONS, eventBridgeAnnouncements } from './event-bridge-announcements.ts';
import { IAM_ALL_PRINCIPALS_ACTIONS, iamAllPrincipals } from './iam-all-principals.ts';
import { IAM_HEARTBEAT_ACTIONS, iamHeartbeat } from './iam-heartbeat.ts';
import { IAM_INSTANCE_PROFILES_ACTIONS, iamInstanceProfiles } from './iam-instance-profiles.ts';
import { IAM_PRINCIPALS_ACTIONS, iamPrincipals } from './iam-principals.ts';
import { emfMetrics } from './emf-metrics.ts';
import { SFN_REBINDS_ACTIONS, sfnRebinds } from './sfn-rebinds.ts';
import { SFN_RUNNING_REBINDS_ACTIONS, sfnRunningRebinds } from './sfn-running-rebinds.ts';
import { SFN_TASK_TOKENS_ACTIONS, sfnTaskTokens } from './sfn-task-tokens.ts';
import { SNS_NOTIFICATIONS_ACTIONS, snsNotifications } from './sns-notifications.ts';
import { stackResponses } from './stack-responses.ts';

/** The ports a step may name; its settings it always gets. */
export type PortName = Exclude<keyof Ports, 'settings'>;

/** What an adapter has to be told of where to turn. */
interface Told {
  /** The environment variable that tells it. */
  readonly variable: string;
  /** Reads it, or says what is wrong with it. */
  readonly read: (env: Runtime['env'], variable: string) => string;
}

interface Adapter<P> {
  /** What the role of a step that uses the port is allowed. */
  readonly actions: readonly string[];
  /** Read before it is made: a function that lacks it is not to find out half way. @default it needs nothing */
  readonly told?: Told;
  /** What it reaches may be in a member account. @default only ever our own */
  readonly inMembers?: true;
  readonly make: (clients: Clients, runtime: Runtime, told: string) => P;
}

/** The environment variables that tell a step where it lives. */
export const REBIND_ENTRY_VARIABLE = 'EKS_REBIND_REBIND_ENTRY_ARN';
export const LEDGER_VARIABLE = 'EKS_REBIND_LEDGER_TABLE';
export const TOPIC_VARIABLE = 'EKS_REBIND_TOPIC_ARN';
export const ANSWER_URL_VARIABLE = 'EKS_REBIND_ANSWER_URL';

/** For ports whose calls go to one account or another. */
const ownAccount: Told = { variable: ACCOUNT_VARIABLE, read: ownAccountOf };
const inMembers = { told: ownAccount, inMembers: true } as const;

const REGISTRY: { readonly [Name in PortName]: Adapter<Ports[Name]> } = {
  ledger: {
    actions: DYNAMODB_LEDGER_ACTIONS,
    told: { variable: LEDGER_VARIABLE, read: ledgerTable },
    make: (clients, { random }, table) => dynamodbLedger(clients, table, random),
  },
  // Told by the environment: no call, so no permission.
  ownAccount: { actions: [], told: ownAccount, make: (_, _runtime, accountId) => ({ accountId }) },
  clusters: { actions: EKS_CLUSTERS_ACTIONS, ...inMembers, make: eksClusters },
  accessEntries: { actions: EKS_ACCESS_ENTRIES_ACTIONS, ...inMembers, make: eksAccessEntries },
  entryCreation: { actions: EKS_ENTRY_CREATION_ACTIONS, ...inMembers, make: eksEntryCreation },
  entryDeletion: { actions: EKS_ENTRY_DELETION_ACTIONS, ...inMembers, make: eksEntryDeletion },
  policyAssociations: { actions: EKS_POLICY_ASSOCIATIONS_ACTIONS, ...inMembers, make: eksPolicyAssociations },
  principals: { actions: IAM_PRINCIPALS_ACTIONS, ...inMembers, make: iamPrincipals },
  rebinds: {
    actions: SFN_REBINDS_ACTIONS,
    told: { variable: REBIND_ENTRY_VARIABLE, read: required },
    make: (clients, _, stateMachineArn) => sfnRebinds(clients, stateMachineArn),
  },
  runningRebinds: {
    actions: SFN_RUNNING_REBINDS_ACTIONS,
    told: { variable: REBIND_ENTRY_VARIABLE, read: required },
    make: (clients, _, stateMachineArn) => sfnRunningRebinds(clients, stateMachineArn),
  },
  announcements: { actions: EVENT_BRIDGE_ANNOUNCEMENTS_ACTIONS, make: eventBridgeAnnouncements },
  notifications: {
    actions: SNS_NOTIFICATIONS_ACTIONS,
    told: { variable: TOPIC_VARIABLE, read: required },
    make: (clients, _, topicArn) => snsNotifications(clients, topicArn),
  },
  answering: {
    actions: [],
    told: { variable: ANSWER_URL_VARIABLE, read: answerUrl },
    make: (_, _runtime, url) => ({ url }),
  },
  taskTokens: { actions: SFN_TASK_TOKENS_ACTIONS, make: sfnTaskTokens },
  allPrincipals: { actions: IAM_ALL_PRINCIPALS_ACTIONS, ...inMembers, make: iamAllPrincipals },
  instanceProfiles: { actions: IAM_INSTANCE_PROFILES_ACTIONS, ...inMembers, make: iamInstanceProfiles },
  // Presigned URLs: no key signs them.
  stackResponses: { actions: [], make: (_, runtime) => stackResponses(runtime) },
  heartbeat: { actions: IAM_HEARTBEAT_ACTIONS, make: iamHeartbeat },
  // Lines of the log, which CloudWatch reads: no call, so no permission.
  metrics: { actions: [], make: (_, runtime) => emfMetrics(runtime) },
};

/** Builds the ports of these names for a runtime, and no others; those `given` are taken as they are. */
export function makePorts<Name extends PortName>(
  names: readonly Name[],
  runtime: Runtime,
  given: Partial<Ports> = {},
): Pick<Ports, Name | 'settings'> {
  const clients = createClients(runtime);
  const made = names.map((name) => [name, given[name] ?? make(name, clients, runtime)] as const);
  const ports = { ...Object.fromEntries(made), settings: given.settings ?? readSettings(runtime.env) };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- each name got its own port; Object.fromEntries can't say so
  return ports as unknown as Pick<Ports, Name | 'settings'>;
}

/** Makes a port, once it is told where to turn. */
function make<Name extends PortName>(name: Name, clients: Clients, runtime: Runtime): Ports[Name] {
  const { told, make: makePort } = REGISTRY[name];
  return makePort(clients, runtime, told?.read(runtime.env, told.variable) ?? '');
}

/** The IAM actions that a step with these ports needs, each once, in order. */
export const actionsOf = (names: readonly PortName[]): string[] =>
  [...new Set(names.flatMap((name) => REGISTRY[name].actions))].toSorted();

/** What of these ports may turn to member accounts, by the actions that it needs there; none needs no role there. */
export const memberActionsOf = (names: readonly PortName[]): string[] =>
  actionsOf(names.filter((name) => REGISTRY[name].inMembers));

/** The environment variables that a step with these ports needs beside the settings', each once. */
export const variablesOf = (names: readonly PortName[]): string[] => [
  ...new Set(names.flatMap((name) => REGISTRY[name].told?.variable ?? [])),
];

function ledgerTable(env: Runtime['env']): string {
  const table = env[LEDGER_VARIABLE];
  if (table) return table;
  throw new LedgerNotConfigured(
    `environment variable ${LEDGER_VARIABLE} is not set: without a ledger nothing that was deleted would be remembered`,
  );
}

function required(env: Runtime['env'], variable: string): string {
  const value = env[variable];
  if (!value) throw new InvalidSettings(`environment variable ${variable}: expected a value, it is not set`);
  return value;
}

function answerUrl(env: Runtime['env']): string {
  const url = required(env, ANSWER_URL_VARIABLE);
  if (/^https?:\/\/[\w.:/-]+$/.test(url)) return url;
  throw new InvalidSettings(
    `environment variable ${ANSWER_URL_VARIABLE} is ${JSON.stringify(url)}: expected the URL of the function AnswerApproval`,
  );
}
