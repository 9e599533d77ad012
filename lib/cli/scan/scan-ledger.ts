import { dynamodbLedger } from '../../aws/dynamodb-ledger.ts';
import { inAwsWords } from '../../aws/name-errors.ts';
import type { LedgerRecord } from '../../core/ledger.ts';
import type { Place } from '../../core/shapes.ts';
import { DEFAULT_NAME_PREFIX } from '../../infra/eks-rebind-props.ts';
import { UsageError } from '../io.ts';
import type { Session } from '../session/session.ts';

/** What the deployed service remembers, as far as a scan may read it. */
export interface ScanLedger {
  readonly tableName: string;
  /** Records of entries that the service deleted, and that are not back. */
  readonly open: readonly LedgerRecord[];
  ofCluster(cluster: Place & { readonly clusterName: string }): Promise<readonly LedgerRecord[]>;
}

/** Opens the table that was named, which then has to be there, or the one that the service has by default. */
export async function openLedger(
  { clients, runtime, homeRegion }: Session,
  named: string | undefined,
): Promise<ScanLedger | { readonly unread: string }> {
  const tableName = named ?? `${DEFAULT_NAME_PREFIX}ledger`;
  const ledger = dynamodbLedger(clients, tableName, runtime.random);
  try {
    const open = await ledger.withOpenJournal();
    return { tableName, open, ofCluster: (cluster) => ledger.ofCluster(cluster) };
  } catch (error) {
    const isThere = !(error instanceof Error && error.name === 'ResourceNotFoundException');
    const where = `table '${tableName}' in ${homeRegion}`;
    const why = isThere ? `${where} can't be read: ${inAwsWords(error)}` : `there is no ${where}`;
    if (named !== undefined) throw new UsageError(`${why}; leave --ledger out to judge without it`, { cause: error });
    return { unread: why };
  }
}
