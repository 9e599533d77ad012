import type { Diagnostics } from './diagnostics.ts';
import { isObject, type JsonObject } from './json.ts';
import { parseTaskResource } from './task-resource.ts';
import { parseTimestamp } from './timestamp.ts';
import { checkExpress, type Setting } from './validate-resource.ts';

/**
 * Refuses a state machine of the JSONPath dialect: with AWS's own words for what AWS refuses as well, as far as it has been recorded,
 * and else by naming the dialect.
 */
export function checkJsonPath(machine: JsonObject, setting: Setting, diagnostics: Diagnostics): void {
  const missing = ['States', 'StartAt'].filter((field) => machine[field] === undefined);
  if (missing.length > 0) diagnostics.schema(`These fields are required: [${missing.join(', ')}]`, '/');
  for (const [name, state] of Object.entries(isObject(machine['States']) ? machine['States'] : {})) {
    if (!isObject(state)) continue;
    const { Timestamp, Resource } = state;
    if (typeof Timestamp === 'string' && parseTimestamp(Timestamp) === undefined) {
      diagnostics.schema('String does not match RFC3339 timestamp', `/States/${name}/Timestamp`);
    }
    const resource = typeof Resource === 'string' ? parseTaskResource(Resource) : undefined;
    if (setting.type === 'EXPRESS' && resource?.kind === 'integration') {
      checkExpress(resource.pattern, `/States/${name}/Resource`, diagnostics);
    }
  }
  if (diagnostics.found.length > 0) return;
  const { QueryLanguage: language = 'JSONPath' } = machine;
  const message = `The local AWS emulates the JSONata dialect only, not ${JSON.stringify(language)}: set 'QueryLanguage' to 'JSONata'`;
  diagnostics.schema(message, '/QueryLanguage');
}
