import { because, endRebind } from './end-rebind.ts';
import { PrincipalNotPropagated } from './errors.ts';
import type { Lease } from './lease.ts';
import type { Ports, PrincipalReading } from './ports.ts';
import { principalOf } from './principal-of.ts';
import type { StepResult } from './step-result.ts';

/**
 * The principal, read now, if it still is the incarnation that the journal is for. A later one supersedes the rebind. An
 * earlier one, none at all, or an id instead of the ARN is what IAM shows while it settles: worth another try.
 */
export async function readLiving(
  lease: Lease,
  { principals, ledger }: Pick<Ports, 'principals' | 'ledger'>,
): Promise<PrincipalReading | StepResult> {
  const { incarnation } = lease.journal;
  const reading = await principals.read(principalOf(lease.key.entry));
  const wanted = `'${incarnation.principalArn}' with id '${incarnation.principalId}'`;
  if (!reading) throw new PrincipalNotPropagated(`IAM shows no ${wanted}; try again`);
  if (reading.principalId !== incarnation.principalId) {
    if (!isLater(reading.createdAt, incarnation.createdAt)) {
      throw new PrincipalNotPropagated(`IAM shows id '${reading.principalId}' instead of ${wanted}; try again`);
    }
    const evidence = { expected: incarnation.principalId, found: reading.principalId, createdAt: reading.createdAt };
    const explanation = 'the principal was made anew once more; a rebind to that later one takes over';
    return endRebind(lease, { name: 'Superseded', reasons: [because('MadeAnew', explanation, evidence)] }, { ledger });
  }
  // For a while after a create GetRole may show the bare unique id as the ARN (terraform-provider-aws#22018).
  if (!reading.arn.startsWith('arn:'))
    throw new PrincipalNotPropagated(`IAM doesn't show the ARN of ${wanted} yet; try again`);
  return reading;
}

const isLater = (one: string, other: string) => Date.parse(one) > Date.parse(other);
