import * as v from 'valibot';
import { IamNotSettled } from './errors.ts';
import type { Ports, PrincipalReading } from './ports.ts';
import type { Settings } from './settings.ts';
import { Incarnation, IsoTime, Principal, SCHEMA_VERSION } from './shapes.ts';
import { secondsBetween } from './times.ts';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** Which principal to read, and what earlier reads have shown. */
export const CheckRoleInput = v.object({
  schemaVersion: v.literal(SCHEMA_VERSION),
  principal: Principal,
  /** The incarnation waited for: the event's, later the one CheckRole answered; null while none is known. */
  incarnation: v.nullish(Incarnation),
  eventTime: IsoTime,
  goodReads: count,
  missingReads: count,
  reads: count,
  redriveCount: count,
  now: IsoTime,
});
export type CheckRoleInput = v.InferOutput<typeof CheckRoleInput>;

/** What one read of the role adds. All but `status` and `waitSeconds` goes back in with the next read. */
export interface CheckRoleOutput {
  readonly schemaVersion: 1;
  readonly status: 'settled' | 'waiting' | 'superseded' | 'gone';
  /** `settled`: the live incarnation. null while none is known. */
  readonly incarnation: Incarnation | null;
  readonly goodReads: number;
  readonly missingReads: number;
  readonly reads: number;
  readonly waitSeconds: number;
}

// While IAM shows anything but the same answer in a row, a read comes every settleSeconds / settleReads, by default every
// 30 s: 20 minutes.
const READS_A_RUN = 40;

/** Reads the principal once, and says whether IAM has settled on the incarnation that the event told of. */
export async function checkRole(
  input: CheckRoleInput,
  { principals, settings }: Pick<Ports, 'principals' | 'settings'>,
): Promise<CheckRoleOutput> {
  const reading = await principals.read(input.principal);
  const seen = compare(reading, input, settings);
  const reads = input.reads + 1;
  const goodReads = seen.is === 'good' ? input.goodReads + 1 : 0;
  const missingReads = seen.is === 'missing' ? input.missingReads + 1 : 0;
  const told = {
    schemaVersion: SCHEMA_VERSION,
    incarnation: seen.incarnation,
    goodReads,
    missingReads,
    reads,
  } as const;

  if (seen.is === 'superseded') return { ...told, status: 'superseded', waitSeconds: 0 };
  const readsLeft = settings.settleReads - Math.max(goodReads, missingReads);
  const secondsLeft = settings.settleSeconds - secondsBetween(seen.since, input.now);
  if (seen.is !== 'other' && readsLeft <= 0 && secondsLeft <= 0) {
    return { ...told, status: seen.is === 'good' ? 'settled' : 'gone', waitSeconds: 0 };
  }
  if (reads >= READS_A_RUN * (input.redriveCount + 1)) {
    throw new IamNotSettled(
      `IAM still doesn't agree on ${input.principal.kind} '${input.principal.name}' after ${reads} reads; ` +
        'redrive when GetRole shows one id and its ARN each time',
    );
  }
  const usual = Math.max(1, Math.ceil(settings.settleSeconds / settings.settleReads));
  const waitSeconds = seen.is === 'other' ? usual : Math.min(usual, pauseFor(secondsLeft, readsLeft));
  return { ...told, status: 'waiting', waitSeconds };
}

interface Comparison {
  readonly is: 'good' | 'missing' | 'other' | 'superseded';
  readonly incarnation: Incarnation | null;
  /** From when the settle age counts. */
  readonly since: string;
}

function compare(reading: PrincipalReading | undefined, input: CheckRoleInput, settings: Settings): Comparison {
  const expected = input.incarnation ?? null;
  if (!reading) return { is: 'missing', incarnation: expected, since: input.eventTime };
  const { arn: principalArn, principalId, createdAt } = reading;
  const live: Incarnation = { principalArn, principalId, createdAt };
  const isExpected = expected ? principalId === expected.principalId : secondsBetween(input.eventTime, createdAt) >= 0;
  if (isExpected) {
    // For a while after a create GetRole may show the bare unique id as the ARN (terraform-provider-aws#22018).
    if (!principalArn.startsWith('arn:')) return { is: 'other', incarnation: expected, since: createdAt };
    return { is: 'good', incarnation: live, since: createdAt };
  }
  const secondsLater = expected ? secondsBetween(expected.createdAt, createdAt) : -1;
  // Two made in one second: once IAM has had its time to settle, what it shows is the one that lives.
  const isOfAge = secondsBetween(createdAt, input.now) >= settings.settleSeconds;
  if (secondsLater > 0 || (secondsLater === 0 && isOfAge))
    return { is: 'superseded', incarnation: live, since: createdAt };
  return { is: 'other', incarnation: expected, since: input.eventTime };
}

// An incarnation that is of age already is read four times in a quarter of a minute by default.
const SECONDS_BETWEEN_LATE_READS = 5;

/** Spreads the reads that are left over the time that is left. */
function pauseFor(secondsLeft: number, readsLeft: number): number {
  if (secondsLeft <= 0) return SECONDS_BETWEEN_LATE_READS;
  return Math.ceil(secondsLeft / Math.max(1, readsLeft));
}
