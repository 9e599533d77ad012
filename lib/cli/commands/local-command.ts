import { Option } from 'commander';
import type { LocalOptions } from '../local.ts';
import { parseApprover } from '../parse-arn.ts';
import { parsePort } from '../parse-number.ts';
import type { CommandDefinition } from './command-definition.ts';
import { bundledOption } from './demo-command.ts';

/** `eks-rebind local`. */
export const localCommand: CommandDefinition = {
  name: 'local',
  description: 'Serves the local AWS on one port of 127.0.0.1, with the service running in it, until Ctrl-C.',
  options: [
    new Option('--port <number>', 'port to listen on; 0 takes any free one').argParser(parsePort).default(4566),
    new Option('--empty', "without the story's clusters"),
    new Option('--no-service', 'without the service: nothing heals'),
    new Option('--approver <arn>', 'a role or user who may answer questions; without one nobody is asked').argParser(
      parseApprover,
    ),
    bundledOption(),
  ],
  examples: [
    { line: 'eks-rebind local', says: 'then, in another terminal: paste the export lines, break something' },
    { line: 'eks-rebind local --port 0 --empty', says: 'any free port, no clusters' },
    { line: 'eks-rebind local --no-service', says: 'the same AWS, and nobody who heals it' },
  ],
  notes: [
    'In another terminal, after the export lines:',
    '  aws iam delete-role --role-name … && aws iam create-role --role-name … --assume-role-policy-document …',
    '  aws eks describe-access-entry --cluster-name … --principal-arn …',
    'In a clone: npm run --silent local, or npm run --silent local -- --port 0.',
  ],
  exitCodes: { 1: "it can't start" },
  run: async (options: LocalOptions, terminal) => (await import('../local.ts')).local(options, terminal),
};
