import type { LEDGER_TABLE } from '../../aws/ledger-items.ts';
import type { DeployedIn, Scope, ScopesOf } from '../action-scopes.ts';

type Items = 'record' | 'question';
type IndexName = keyof typeof LEDGER_TABLE.indexes;

/** What a step does with the ledger. What isn't said, its role may not do. */
interface LedgerUse {
  readonly gets?: readonly Items[];
  readonly puts?: readonly Items[];
  /** All records of one principal. */
  readonly queries?: boolean;
  readonly indexes?: readonly IndexName[];
}

/** Asks the guard, which counts approvals, but writes none. */
const guarded: LedgerUse = { gets: ['record', 'question'], puts: ['record'], queries: true };

/**
 * Approvals are items of their own, which the two functions alone write that ask for them and take them: whoever takes over
 * another function can forge none.
 */
const asking: LedgerUse = { gets: ['record', 'question'], puts: ['record', 'question'], queries: true };

const searching: LedgerUse = { queries: true };

// Whether an orphan stays is a question for the guard where the owner wants orphans removed at all, and is asked nobody.
const judgesOrphans = ({ orphans, mode }: DeployedIn) => orphans === 'remove' && mode !== 'ask';

const USES: Readonly<Record<string, (where: DeployedIn) => LedgerUse>> = {
  NoteDeletion: () => ({ gets: ['record'], puts: ['record'], queries: true }),
  CheckReturn: () => ({ gets: ['record'], puts: ['record'] }),
  FollowUpOrphan: (where) => (judgesOrphans(where) ? guarded : { gets: ['record'], puts: ['record'] }),
  FindEntries: () => searching,
  FindMissedEntries: () => searching,
  StartRebinds: () => ({ gets: ['record'], puts: ['record'] }),
  InspectEntry: () => guarded,
  AskForApproval: () => asking,
  AnswerApproval: () => asking,
  Preflight: () => guarded,
  PreflightAdmin: () => guarded,
  DeleteEntry: () => guarded,
  CreateEntry: () => guarded,
  AssociatePolicies: () => guarded,
  AssociateAdminPolicies: () => guarded,
  VerifyEntry: () => ({ gets: ['record'], puts: ['record'] }),
  SweepRegion: (where) => ({ ...guarded, queries: judgesOrphans(where), indexes: ['by-cluster', 'open-journals'] }),
  CheckUninstall: () => ({ indexes: ['open-journals'] }),
};

function useOf(stepName: string, where: DeployedIn): LedgerUse {
  const use = USES[stepName];
  if (use) return use(where);
  throw new Error(`step '${stepName}' uses the ledger; say in ledger-scopes.ts which of its items it reads and writes`);
}

const KEYS: Readonly<Record<Items, string>> = { record: 'principal#*', question: 'question#*' };

/** Items of the table by the beginnings of their partition keys (DynamoDB developer guide, "Using IAM policy conditions"). */
const items = ({ ledgerTableArn }: DeployedIn, kinds: readonly Items[] = []): Scope[] =>
  kinds.length === 0
    ? []
    : [
        {
          resources: [ledgerTableArn],
          conditions: {
            'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': kinds.map((kind) => KEYS[kind]) },
            // Without a key ForAllValues is true (IAM user guide, "Multivalued context keys").
            Null: { 'dynamodb:LeadingKeys': 'false' },
          },
        },
      ];

const getting: ScopesOf = (where, stepName) => items(where, useOf(stepName, where).gets);
const putting: ScopesOf = (where, stepName) => items(where, useOf(stepName, where).puts);

// An index's keys are clusters, or the one word `open`; its items are records, never a question.
const querying: ScopesOf = (where, stepName) => {
  const { queries = false, indexes = [] } = useOf(stepName, where);
  const arns = indexes.map((index) => `${where.ledgerTableArn}/index/${index}`);
  return [...items(where, queries ? ['record'] : []), ...(arns.length > 0 ? [{ resources: arns }] : [])];
};

/** The ledger: which items a step reads and writes. Nobody scans it, and nobody deletes from it. */
export const LEDGER_SCOPES: Readonly<Record<string, ScopesOf>> = {
  'dynamodb:GetItem': getting,
  'dynamodb:PutItem': putting,
  'dynamodb:Query': querying,
};
