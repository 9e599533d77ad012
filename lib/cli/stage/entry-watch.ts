import type { Authentication } from '../../local/eks/authenticate.ts';
import type { AccessEntry, EntryRef } from '../../local/eks/access-entry.ts';
import type { Clock } from '../../runtime.ts';
import type { Stage } from './stage.ts';
import type { EntryStanding } from '../story/story-document.ts';

/** An entry's principal tried to get in, and the answer was not the one before. */
export interface Attempt {
  readonly at: number;
  readonly entries: readonly EntryRef[];
  readonly answer: Authentication;
}

/** Watches who gets in: asks the oracle each second, with keys that the living principals hold. */
export interface EntryWatch {
  /** The principal lives anew: from now on its people and nodes hold new sessions. */
  began(principalArn: string): void;
  /** Its people and nodes are left with sessions of a principal that is no more. */
  ended(principalArn: string): void;
  /** How the entry stands now, in truth: EKS's own hidden id is compared with IAM's. */
  standing(ref: EntryRef): EntryStanding;
  /** Everybody tries now. */
  lookAtAll(): void;
  /** How it stood just after its principal last began anew, and when that was. */
  before(ref: EntryRef): (EntryStanding & { readonly at: number }) | undefined;
  /** Seconds from each new beginning of its principal to the first 200 after it. */
  secondsUntilIn(ref: EntryRef): readonly number[];
  stop(): void;
}

interface Seat {
  readonly ref: EntryRef;
  readonly clusterArn: string;
  readonly seconds: number[];
  before?: EntryStanding & { readonly at: number };
  lastAnswer?: string;
  /** When its principal began anew; absent once it got in. */
  waitingSince?: number | undefined;
}

interface Held {
  key: string;
  watchedUntil: number;
}

/** What a watch is made of. */
export interface EntryWatchOptions {
  readonly stage: Stage;
  readonly clock: Clock;
  /** How long a new beginning is watched. */
  readonly seconds: number;
  readonly sessionNameOf: (principalArn: string) => string;
  readonly onAttempt: (attempt: Attempt) => void;
}

/** Watches all entries of a stage. */
export function watchEntries({ stage, clock, seconds, sessionNameOf, onAttempt }: EntryWatchOptions): EntryWatch {
  const { aws, plan } = stage;
  const seats = plan.entries.map((ref): Seat => {
    const clusterArn = aws.eks.state.cluster(ref.accountId, ref.region, ref.clusterName)?.arn ?? '';
    return { ref: refOf(ref), clusterArn, seconds: [] };
  });
  const held = new Map<string, Held>();
  let isLooking = false;
  let isStopped = false;

  const keyFor = (principalArn: string) => {
    const known = held.get(principalArn);
    if (known) return known;
    const fresh = { key: stage.keyOf(principalArn, sessionNameOf(principalArn)), watchedUntil: 0 };
    held.set(principalArn, fresh);
    return fresh;
  };
  const ask = (seat: Seat) => aws.authenticate(seat.clusterArn, keyFor(seat.ref.principalArn).key);

  function look(among: readonly Seat[]): void {
    const changed = new Map<string, { answer: Authentication; entries: EntryRef[] }>();
    for (const seat of among) {
      const answer = ask(seat);
      if (answer.status === 200 && seat.waitingSince !== undefined) {
        seat.seconds.push(Math.round((clock.now() - seat.waitingSince) / 1000));
        seat.waitingSince = undefined;
      }
      const shown = answer.status === 200 ? `200 ${answer.username}` : `401 ${answer.reason}`;
      if (shown === seat.lastAnswer) continue;
      seat.lastAnswer = shown;
      const key = `${seat.ref.principalArn} ${shown}`;
      changed.set(key, { answer, entries: [...(changed.get(key)?.entries ?? []), seat.ref] });
    }
    for (const { answer, entries } of changed.values()) onAttempt({ at: clock.now(), entries, answer });
  }

  const openSeats = () =>
    isStopped ? [] : seats.filter(({ ref }) => (held.get(ref.principalArn)?.watchedUntil ?? 0) > clock.now());

  async function keepLooking(): Promise<void> {
    if (isLooking) return;
    isLooking = true;
    for (let open = openSeats(); open.length > 0; open = openSeats()) {
      // At whole seconds, which is as exactly as anybody knows when a role was made.
      await clock.pause(1_000 - (clock.now() % 1_000));
      look(openSeats());
    }
    isLooking = false;
  }

  const seatsOf = (principalArn: string) => seats.filter(({ ref }) => ref.principalArn === principalArn);
  const seatAt = (ref: EntryRef) => seats.find((seat) => isSame(seat.ref, ref));

  function standing(ref: EntryRef): EntryStanding {
    const seat = seatAt(ref);
    const { iam } = aws;
    const principal = iam.findByArn(ref.principalArn);
    const authenticates = seat !== undefined && ask(seat).status === 200;
    return { verdict: verdictOf(aws.eks.state.entry(ref), principal?.uniqueId), authenticates };
  }

  return {
    standing,
    lookAtAll: () => look(seats),
    began(principalArn) {
      const session = sessionNameOf(principalArn);
      held.set(principalArn, { key: stage.keyOf(principalArn, session), watchedUntil: clock.now() + seconds * 1_000 });
      const createDate = aws.iam.findByArn(principalArn)?.createDate ?? clock.now();
      for (const seat of seatsOf(principalArn)) {
        seat.waitingSince = createDate;
        seat.before = { ...standing(seat.ref), at: clock.now() };
      }
      look(seatsOf(principalArn));
      void keepLooking();
    },
    ended(principalArn) {
      look(seatsOf(principalArn));
      for (const seat of seatsOf(principalArn)) seat.waitingSince = undefined;
      const holder = held.get(principalArn);
      if (holder) holder.watchedUntil = 0;
    },
    before: (ref) => seatAt(ref)?.before,
    secondsUntilIn: (ref) => seatAt(ref)?.seconds ?? [],
    stop: () => void (isStopped = true),
  };
}

function verdictOf(entry: AccessEntry | undefined, principalId: string | undefined): EntryStanding['verdict'] {
  if (!entry) return 'missing';
  if (!principalId) return 'orphaned';
  return entry.boundId === principalId ? 'healthy' : 'stale';
}

const refOf = ({ accountId, region, clusterName, principalArn }: EntryRef): EntryRef => {
  return { accountId, region, clusterName, principalArn };
};

/** Whether both name the same entry. */
export const isSame = (one: EntryRef, other: EntryRef): boolean =>
  one.accountId === other.accountId &&
  one.region === other.region &&
  one.clusterName === other.clusterName &&
  one.principalArn === other.principalArn;
