#!/usr/bin/env node
import { main } from '../lib/cli/main.ts';
import { processTerminal } from '../lib/cli/process-terminal.ts';

const code = await main(process.argv.slice(2), processTerminal(process, Math.random));
// What still waits, waits for nothing any more; what was written goes out first.
process.stdout.write('', () => process.exit(code));
