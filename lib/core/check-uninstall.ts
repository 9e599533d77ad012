import * as v from 'valibot';
import { placeName } from './places.ts';
import type { StackResponse, StackResponses } from './ports.ts';
import type { EntryRef } from './shapes.ts';

// Where CloudFormation takes its answers: a presigned URL of S3's. Nowhere else: whoever may invoke the function could
// otherwise have it call any address (CloudFormation user guide, "Custom resource request objects").
// Each partition has a domain of its own, as CDK's region-info lists them.
const ANSWER_URL =
  /^https:\/\/[a-z0-9.-]+\.(amazonaws\.(com|com\.cn|eu)|c2s\.ic\.gov|sc2s\.sgov\.gov|csp\.hci\.ic\.gov|cloud\.adc-e\.uk)\//;

/** What CloudFormation sends a custom resource. */
export const CheckUninstallInput = v.object({
  RequestType: v.picklist(['Create', 'Update', 'Delete']),
  ResponseURL: v.pipe(v.string(), v.regex(ANSWER_URL, "a URL of AWS's")),
  StackId: v.string(),
  RequestId: v.string(),
  LogicalResourceId: v.string(),
});
export type CheckUninstallInput = v.InferOutput<typeof CheckUninstallInput>;

// Some names are enough to find the rest by; each is at most a few hundred characters.
const NAMED = 3;

/** An entry whose journal stands open past its delete. */
interface Open {
  readonly entry: EntryRef;
}

interface Reach {
  readonly ledger: { withOpenJournal(): Promise<readonly Open[]> };
  readonly stackResponses: StackResponses;
}

/**
 * Lets the stack be deleted only when no entry is between its delete and its create: the executions that would make it
 * again go with the stack. Any failure to find out counts as a no. Making and updating the stack is always allowed.
 */
export async function checkUninstall(
  input: CheckUninstallInput,
  { ledger, stackResponses }: Reach,
): Promise<{ readonly status: StackResponse['Status'] }> {
  const refusal = input.RequestType === 'Delete' ? await whyNot(() => ledger.withOpenJournal()) : undefined;
  const { StackId, RequestId, LogicalResourceId } = input;
  const response: StackResponse = {
    Status: refusal === undefined ? 'SUCCESS' : 'FAILED',
    Reason: refusal ?? 'no journal is open',
    PhysicalResourceId: 'check-uninstall',
    StackId,
    RequestId,
    LogicalResourceId,
  };
  await stackResponses.answer(input.ResponseURL, response);
  return { status: response.Status };
}

async function whyNot(readOpen: () => Promise<readonly Open[]>): Promise<string | undefined> {
  try {
    const open = await readOpen();
    return open.length === 0 ? undefined : refusalFor(open);
  } catch (error) {
    // Unanswered, CloudFormation would wait for an hour; so whatever went wrong is the answer.
    return `the ledger can't be read, so an access entry may be deleted and not yet made again: ${String(error).slice(0, 500)}`;
  }
}

function refusalFor(open: readonly Open[]): string {
  const names = open
    .slice(0, NAMED)
    .map(({ entry }) => `${entry.principalArn} in ${entry.clusterName} (${placeName(entry)})`);
  const others = open.length > NAMED ? ` and ${open.length - NAMED} more` : '';
  return (
    `access entries were deleted and are not yet made again: ${names.join(', ')}${others}; ` +
    `finish or redrive their executions of rebind-entry first (docs/runbook.md, CheckUninstall)`
  );
}
