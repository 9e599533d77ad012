import { roleNameOf } from './narrate-rebind.ts';
import { renderTable } from '../output/render-table.ts';
import type { Paint } from '../output/paint.ts';
import type { EntryStanding } from '../story/story-document.ts';
import type { Told } from '../story/telling.ts';

const standing = ({ verdict, authenticates }: EntryStanding) => `${verdict} ${authenticates ? '200' : '401'}`;

/** What the story came to: each entry before and after, and the verdict as the last line. */
export function renderResult({ document, problems, verdict }: Told, paint: Paint): string[] {
  const entries = document.entries.map((entry) => [
    entry.region,
    entry.clusterName,
    roleNameOf(entry.principalArn),
    entry.type,
    standing(entry.before),
    standing(entry.after),
    entry.configurationPreserved ? 'yes' : 'NO',
    `${entry.status}${entry.redriven ? ', redriven' : ''}`,
  ]);
  const untouched = document.untouched.map((entry) => [
    entry.region,
    entry.clusterName,
    roleNameOf(entry.principalArn),
    entry.reason,
  ]);
  const heading = (line: string, index: number) => (index === 1 ? paint('bold', line) : line);
  const columns = ['REGION', 'CLUSTER', 'ROLE'];
  const passedOver = document.passedOver.map(({ eventName, reason }) => [eventName, reason]);
  return [
    ...table([...columns, 'TYPE', 'BEFORE', 'AFTER', 'KEPT', 'EXECUTION'], entries).map(heading),
    ...table([...columns, 'LEFT AS IT WAS'], untouched).map(heading),
    ...table(['PASSED OVER', 'REASON'], passedOver).map(heading),
    '',
    problems.length === 0
      ? paint('green', verdict)
      : paint('red', `Not as promised: ${problems.length} of these things, named on stderr.`),
  ];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  return rows.length === 0 ? [] : ['', ...renderTable([head, ...rows])];
}
