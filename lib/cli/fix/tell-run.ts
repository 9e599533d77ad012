import type { DataFormat } from '../commands/common-options.ts';
import type { Io } from '../io.ts';
import { writeData } from '../service/write-data.ts';
import type { EntryEnd, FixDocument } from './fix-document.ts';

/** Writes what a run came to: a table with the verdict as its last line, or the one document. */
export function tellRun(document: FixDocument, verdict: string, format: DataFormat, io: Io): Promise<void> {
  const rows = document.entries.map(({ outcome, region, clusterName, principalArn }) => [
    outcome.end,
    region,
    clusterName,
    principalArn,
    because(outcome),
    outcome.console ?? '',
  ]);
  const isShown = document.entries.some(({ outcome }) => outcome.end !== 'planned');
  return writeData({ document, rows: isShown ? rows : [], verdict }, format, io);
}

const IN_WORDS: Readonly<Record<string, string>> = {
  running: 'it goes on without us: eks-rebind executions',
  changed: 'it is not as it was shown any more: look at it again',
  stopped: 'told to stop before anything of it was changed',
  superseded: 'the role was made anew meanwhile',
  gone: 'there is nothing left to make anew',
  declined: 'nobody said yes',
  refused: 'the guard refuses: see the plan',
};

function because({ end, reasons = [], error, message }: EntryEnd): string {
  if (message !== undefined) return [error, message].filter((part) => part !== undefined).join(': ');
  if (end === 'Rebound') return '';
  return IN_WORDS[end] ?? reasons[0]?.explanation ?? '';
}

/** What a run came to, in a line. */
export function verdictOf({ summary, entries }: FixDocument, verb: string): string {
  const { rebound, refused, lookedAt, ledger } = summary;
  const counts = new Map<string, number>();
  for (const { outcome } of entries) counts.set(outcome.end, (counts.get(outcome.end) ?? 0) + 1);
  const others = [...counts].filter(([end]) => end !== 'Rebound' && end !== 'refused');
  const parts = [
    ...(rebound > 0 ? [`${rebound} ${verb}`] : []),
    ...(refused > 0 ? [`${refused} refused`] : []),
    ...others.map(([end, count]) => `${count} ${end}`),
  ];
  const remembered = ledger === undefined ? '' : `; ${ledger} remembers what was there`;
  return `${parts.join(', ') || 'nothing to do'} (of ${lookedAt} looked at)${remembered}`;
}
