import { UsageError } from '../io.ts';

const asIs = (text: string) => text;

/** Takes an option as often as it is given. */
export const repeatable =
  (parse: (text: string) => string = asIs) =>
  (text: string, previous?: readonly string[]): readonly string[] => [...(previous ?? []), parse(text)];

/** Takes one of some words, in letters of either case. */
export const oneOf =
  (option: string, words: readonly string[]) =>
  (text: string): string => {
    const word = words.find((one) => one.toLowerCase() === text.toLowerCase());
    if (word !== undefined) return word;
    throw new UsageError(`${option} takes one of ${words.join(', ')}, not '${text}'`);
  };
