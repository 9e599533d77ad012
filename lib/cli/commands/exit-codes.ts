import type { ExitCode } from '../io.ts';

/** What each exit code means, whatever the command. Where several apply, 1 beats 3 beats 2. */
export const EXIT_CODES: Readonly<Record<ExitCode, string>> = {
  0: 'clean, or only reported',
  1: 'an error, or a command line that is none; the last line of stderr says what to do',
  2: 'stale entries found, with --fail; or nothing was changed, since nobody was there to say yes',
  3: 'something could not be looked at, with --strict',
  130: 'told to stop by Ctrl-C',
  143: 'told to stop by SIGTERM',
};
