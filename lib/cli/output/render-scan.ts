import type { ScanFormat } from '../commands/common-options.ts';
import type { ScanResult } from '../scan/scan-result.ts';
import { packageVersion } from '../version.ts';
import type { Paint } from './paint.ts';
import { renderData } from './render-data.ts';
import { scanCsv } from './scan-csv.ts';
import { scanJunit } from './scan-junit.ts';
import { scanSarif } from './scan-sarif.ts';
import { scanTable } from './scan-table.ts';

/** A scan's one document, in the form that was asked for. */
export async function renderScan(result: ScanResult, format: ScanFormat, paint: Paint): Promise<string> {
  switch (format) {
    case 'csv':
      return scanCsv(result).join('\n');
    case 'junit':
      return scanJunit(result).join('\n');
    case 'sarif':
      return renderData(scanSarif(result, packageVersion()), 'json');
    case 'table':
      return scanTable(result, paint).join('\n');
    default:
      return renderData(result, format);
  }
}
