const MASK = (1n << 48n) - 1n;
const MULTIPLIER = 0x5deece66dn;

/**
 * The first `nextDouble()` of a `java.util.Random` of that seed, which is what AWS's `$random(seed)` gives: seed 42 gives
 * 0.7275636800328681 on AWS (measured in floci-io/floci#2662). The algorithm is in the class's documentation.
 */
export function javaRandomDouble(seed: number): number {
  let state = (BigInt.asIntN(64, BigInt(Math.trunc(seed))) ^ MULTIPLIER) & MASK;
  const next = (bits: bigint): bigint => {
    state = (state * MULTIPLIER + 0xbn) & MASK;
    return state >> (48n - bits);
  };
  const high = next(26n);
  return Number((high << 27n) + next(27n)) / 2 ** 53;
}
