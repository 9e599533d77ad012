import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { RecordedCase } from './case.ts';
import { report, summary } from './report.ts';
import { runCases } from './run-cases.ts';

// Holds the interpreter to executions and calls that real AWS answered. The recordings stay where they are: beside the project.
const besideProject = path.join(import.meta.dirname, '../../../shared/aws-recordings');
const folder = process.argv[2] ?? process.env['AWS_RECORDINGS'] ?? besideProject;

const write = (line: string) => process.stdout.write(`${line}\n`);

if (!existsSync(folder)) {
  write(`NO RECORDINGS: there is no folder ${folder}; name one as an argument or in AWS_RECORDINGS`);
  write(summary([]));
} else {
  const files = readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .toSorted();
  const cases = files.flatMap((file) => {
    const recorded: RecordedCase[] = JSON.parse(readFileSync(path.join(folder, file), 'utf8'));
    return recorded;
  });
  const results = await runCases(cases);
  for (const line of report(results)) write(line);
  process.exitCode = results.some(({ verdict }) => verdict.kind === 'failed') ? 1 : 0;
}
