import * as v from 'valibot';
import { placeName } from './places.ts';
import type { RunningRebinds, StackResponse, StackResponses } from './ports.ts';
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
  readonly runningRebinds: RunningRebinds;
  readonly stackResponses: StackResponses;
}

/**
 * Lets the stack be deleted only when no entry is between its delete and its create, and no rebind runs that could be there a
 * moment later: the executions go with the stack, at their next step. Any failure to find out counts as a no. Making and
 * updating the stack is always allowed.
 */
export async function checkUninstall(
  input: CheckUninstallInput,
  reach: Reach,
): Promise<{ readonly status: StackResponse['Status'] }> {
  const refusal = input.RequestType === 'Delete' ? await whyNot(reach) : undefined;
  const { StackId, RequestId, LogicalResourceId } = input;
  const response: StackResponse = {
    Status: refusal === undefined ? 'SUCCESS' : 'FAILED',
    Reason: refusal ?? 'no journal is open, and no rebind runs',
    PhysicalResourceId: 'check-uninstall',
    StackId,
    RequestId,
    LogicalResourceId,
  };
  await reach.stackResponses.answer(input.ResponseURL, response);
  return { status: response.Status };
}

async function whyNot({ ledger, runningRebinds }: Reach): Promise<string | undefined> {
  try {
    // In this order: a rebind that ends between the two leaves its journal open where it leaves anything.
    const running = await runningRebinds.names();
    const open = await ledger.withOpenJournal();
    if (open.length > 0) return refusalFor(open);
    return running.length === 0 ? undefined : refusalWhile(running);
  } catch (error) {
    // Unanswered, CloudFormation would wait for an hour; so whatever went wrong is the answer.
    return `it can't be told whether an access entry is deleted and not yet made again: ${String(error).slice(0, 500)}`;
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

function refusalWhile(running: readonly string[]): string {
  const others = running.length > NAMED ? ` and ${running.length - NAMED} more` : '';
  return (
    `executions of rebind-entry are running and may delete an access entry: ${running.slice(0, NAMED).join(', ')}${others}; ` +
    'wait until they have ended, and stop those that wait for a person (docs/runbook.md, CheckUninstall)'
  );
}
