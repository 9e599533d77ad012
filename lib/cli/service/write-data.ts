import type { DataFormat } from '../commands/common-options.ts';
import type { Io } from '../io.ts';
import { renderData } from '../output/render-data.ts';
import { renderTable } from '../output/render-table.ts';

/** What a command tells: the same as a document and as lines. */
export interface Told {
  readonly document: object;
  readonly rows: readonly (readonly string[])[];
  /** The last line: how it stands. */
  readonly verdict: string;
}

/** Writes data in the form that was asked for. The verdict ends a table, and is a note beside a document. */
export async function writeData({ document, rows, verdict }: Told, format: DataFormat, io: Io): Promise<void> {
  if (format === 'table') {
    for (const line of [...renderTable(rows), verdict]) io.stdout(line);
    return;
  }
  io.stdout(await renderData(document, format));
  io.stderr(verdict);
}
