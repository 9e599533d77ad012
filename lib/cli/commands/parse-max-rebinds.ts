import { UsageError } from '../io.ts';

/** The most entries that one run may rebind: a number of them, or percent of those looked at. */
export type MaxRebinds = { readonly count: number } | { readonly percent: number };

/** `N` or `P%`. */
export function parseMaxRebinds(text: string): MaxRebinds {
  const [, digits = '', sign] = /^(\d{1,6})(%?)$/.exec(text) ?? [];
  const value = Number(digits);
  if (digits !== '' && sign === '') return { count: value };
  if (digits !== '' && value <= 100) return { percent: value };
  throw new UsageError(
    `--max-rebinds takes a number of entries, such as 20, or percent of them, such as 5%, not '${text}'`,
  );
}
