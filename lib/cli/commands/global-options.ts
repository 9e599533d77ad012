import { Option } from 'commander';

/** Options that every command has; `GlobalOptions` is what they come to. */
export const GLOBAL_OPTIONS: readonly Option[] = [
  new Option('--no-color', 'no colours, even on a terminal; the variable NO_COLOR does the same'),
  new Option('-q, --quiet', 'on stderr only what went wrong'),
  new Option('-v, --verbose', 'tell more on stderr'),
  new Option('--debug', 'tell where in the code an error arose'),
];
