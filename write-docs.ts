import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cliPage } from './lib/cli/commands/cli-page.ts';
import { COMMANDS } from './lib/cli/commands/commands.ts';

// Pages that are made from code. test/lib/cli/commands/cli-page.test.ts holds them to it.
writeFileSync(join(import.meta.dirname, 'docs/cli.md'), cliPage(COMMANDS));
