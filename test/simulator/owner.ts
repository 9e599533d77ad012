import type { EntryRef } from '../../lib/core/shapes.ts';
import type { Call } from '../../lib/local/call.ts';
import type { AccessEntry } from '../../lib/local/eks/access-entry.ts';
import type { EntrySeed } from '../../lib/local/eks/world.ts';
import { functionOf } from './deployed-names.ts';
import type { Simulation } from './simulate.ts';

/** An owner of access entries who works at the same time as the service, in between two of its steps. */
export interface Owner {
  deletes(entry: EntryRef): void;
  makes(entry: EntryRef, more?: Partial<EntrySeed>): void;
  changes(entry: EntryRef, change: Partial<AccessEntry>): void;
}

/** The owner of a world's entries. Their changes happen at once, in no time. */
export function ownerOf({ aws, clock }: Simulation): Owner {
  const { state } = aws.eks;
  const caller = { accessKeyId: 'AKIAOWNER', accountId: '', partition: 'aws', arn: 'owner', principalId: 'owner' };
  const call = (): Call => ({
    service: 'eks',
    operation: '',
    requestId: '',
    region: '',
    caller,
    userAgent: '',
    now: clock.now(),
  });
  const standing = (entry: EntryRef) => {
    const found = state.entry(entry);
    if (!found) throw new Error(`the owner finds no entry of ${entry.principalArn}`);
    return found;
  };
  return {
    deletes: (entry) => state.removeEntry(standing(entry), 'DeleteAccessEntry', call()),
    makes: (entry, more) => void state.addEntry({ ...entry, ...more }),
    changes: (entry, change) =>
      state.putEntry({ ...standing(entry), modifiedAt: clock.now(), ...change }, 'UpdateAccessEntry', call()),
  };
}

/** Runs an act before invocations of a step: before the first, or before each one where it says so. */
export function before({ aws }: Simulation, step: string, act: () => void, each: 'first' | 'each' = 'first'): void {
  let done = false;
  aws.lambda.beforeInvoke(({ functionName }) => {
    if (functionName !== functionOf(step) || (done && each === 'first')) return;
    done = true;
    act();
  });
}
