import { Argument } from 'commander';
import type { ConnectionOptions } from '../session/session.ts';
import type { CommandDefinition, GlobalOptions } from './command-definition.ts';
import { connectionOptions, type DataFormat, outputOption } from './common-options.ts';

/** What `eks-rebind explain` can be told. Without cluster and principal it reads a log line from stdin. */
export interface ExplainOptions extends ConnectionOptions, GlobalOptions {
  /** A cluster's name. */
  readonly cluster?: string;
  /** A role's name, or the ARN of a role or user. */
  readonly principal?: string;
  readonly output: DataFormat;
}

/** `eks-rebind explain`. */
export const explainCommand: CommandDefinition = {
  name: 'explain',
  description: 'Says why an access entry has its verdict, on what evidence, and how to check by hand. Changes nothing.',
  arguments: [
    new Argument('[cluster]', "the cluster's name; without it, a line of the authenticator's log is read from stdin"),
    new Argument('[principal]', "a role's name, or the ARN of a role or user"),
  ],
  options: [...connectionOptions(), outputOption('table', 'json', 'yaml')],
  examples: [
    { line: 'eks-rebind explain platform eks-nodes', says: 'a role by its name' },
    {
      line: 'eks-rebind explain platform arn:aws:iam::111122223333:role/eks-nodes -o json',
      says: 'the same for a program',
    },
    { line: 'grep "identity is not mapped" authenticator.log | eks-rebind explain', says: 'what a log line is about' },
  ],
  exitCodes: {},
  run: async (options: ExplainOptions, terminal) => (await import('../explain/explain.ts')).explain(options, terminal),
};
