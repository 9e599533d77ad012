import type { PrincipalReading, Principals } from './ports.ts';
import { principalKey } from './principal.ts';

/** Reads each principal once: hundreds of entries may name the same role. */
export function rememberReads(principals: Principals): Principals {
  const reads = new Map<string, Promise<PrincipalReading | undefined>>();
  return {
    read: (principal) => {
      const key = principalKey(principal);
      const read = reads.get(key) ?? principals.read(principal);
      reads.set(key, read);
      return read;
    },
  };
}
