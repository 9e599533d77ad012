import { dynamodbLedger } from '../../aws/dynamodb-ledger.ts';
import { sfnExecutions } from '../../aws/sfn-executions.ts';
import type { Ledger, LedgerRecord } from '../../core/ledger.ts';
import type { EntryRef } from '../../core/shapes.ts';
import type { UndoOptions } from '../commands/undo-command.ts';
import { UsageError } from '../io.ts';
import { objectOr, parsed, textOr } from '../replay/json-object.ts';
import { requireService } from '../service/find-service.ts';
import type { Session } from '../session/session.ts';

/** What the service's ledger remembers of an execution's entry. */
interface RememberedExecution {
  readonly ledger: Ledger;
  readonly record: LedgerRecord;
  /** What the ledger is called in front of people. */
  readonly name: string;
}

/** Finds what an execution of `rebind-entry` replaced. The service's own ledger has it, and stays the lock of what is done about it. */
export async function rememberedExecution(
  session: Session,
  { source, namePrefix }: Pick<UndoOptions, 'source' | 'namePrefix'>,
): Promise<RememberedExecution> {
  const { clients, runtime } = session;
  const { stateMachineArns, ledgerTable } = await requireService(session, namePrefix);
  const prefix = `${stateMachineArns.rebindEntry.replace(':stateMachine:', ':execution:')}:`;
  const executionArn = source.startsWith('arn:') ? source : `${prefix}${source}`;
  const described = executionArn.startsWith(prefix) ? await sfnExecutions(clients).find(executionArn) : undefined;
  if (!described) throw new UsageError(`there is no ledger file and no execution of rebind-entry called '${source}'`);
  const ledger = dynamodbLedger(clients, ledgerTable, runtime.random);
  // Whoever can start an execution wrote its input: it only says where to look.
  const record = (await ledger.read(entryIn(described.input)))?.record;
  if (record?.journal?.holder !== executionArn) {
    const later = record?.journal && `; the latest of its entry is ${record.journal.holder}`;
    throw new UsageError(`the service's ledger no longer holds what '${source}' replaced${later ?? ''}`);
  }
  return { ledger, record, name: `table ${ledgerTable}` };
}

function entryIn(input: string | undefined): EntryRef {
  const entry = objectOr(parsed(input)['entry']);
  const member = (name: string) => textOr(entry[name]) ?? '';
  return {
    accountId: member('accountId'),
    region: member('region'),
    clusterName: member('clusterName'),
    principalArn: member('principalArn'),
  };
}
