import type { Random } from '../../runtime.ts';
import { randomBelow } from '../seeded-random.ts';

// IAM's ids use the letters of base 32 (IAM user guide, "Unique identifiers": AROA role, AIDA user, AIPA instance profile,
// AKIA lasting key, ASIA passing key). Ids seen: AROATFQR7NSC6Q6YRQ2Q7, 4 + 17.
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

const letters = (random: Random, count: number) =>
  Array.from({ length: count }, () => LETTERS[randomBelow(random, LETTERS.length)]).join('');

/** An id as IAM makes them for roles, users and instance profiles. */
export const uniqueId = (prefix: 'AROA' | 'AIDA' | 'AIPA', random: Random): string => prefix + letters(random, 17);

/** An access key id: `AKIA` for a user's, `ASIA` for a session's. */
export const accessKeyIdOf = (prefix: 'AKIA' | 'ASIA', random: Random): string => prefix + letters(random, 16);

/** Something that passes for a secret: signatures aren't verified here. */
export const secretOf = (random: Random, length: number): string => letters(random, length);
