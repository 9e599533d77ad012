import { isArray, isObject, type Json } from '../../lib/local/stepfunctions/json.ts';
import { operations } from '../../lib/local/stepfunctions/service.ts';
import { parseTaskResource } from '../../lib/local/stepfunctions/task-resource.ts';
import { functionBehaviours } from './behaviours.ts';
import { isApiCase, type ApiCase, type ExecutionCase, type RecordedCase } from './case.ts';

/** All values of members of that name, anywhere in a definition. */
function membersNamed(value: Json, name: string): Json[] {
  if (isArray(value)) return value.flatMap((item) => membersNamed(item, name));
  if (!isObject(value)) return [];
  const own = value[name];
  return [...(own === undefined ? [] : [own]), ...Object.values(value).flatMap((member) => membersNamed(member, name))];
}

function fromDefinition(definition: Json): string | undefined {
  if (membersNamed(definition, 'Mode').includes('DISTRIBUTED')) return 'DISTRIBUTED Map not emulated';
  const unknown = membersNamed(definition, 'Resource').find(
    (resource) => typeof resource === 'string' && !resource.includes('<') && !parseTaskResource(resource),
  );
  if (typeof unknown === 'string')
    return `resource ${unknown.split(':').slice(2, 3).join()}:${unknown.split(':')[5]} not emulated`;
  return undefined;
}

function fromExecution(recorded: ExecutionCase): string | undefined {
  if (!['JSONata', 'adapted'].includes(recorded.dialect)) return `${recorded.dialect} dialect`;
  const unknown = Object.values(recorded.functions).find(
    ({ behaviour, outcomes }) => !outcomes && !functionBehaviours.includes(behaviour),
  );
  if (unknown) return `function behaviour '${unknown.behaviour}' not understood`;
  return fromDefinition(recorded.definition);
}

function fromApi(recorded: ApiCase): string | undefined {
  const calls = [...recorded.setup, recorded];
  const unknown = calls.find(({ call }) => !(call in operations));
  if (unknown) return `${unknown.call} not emulated`;
  if (recorded.error?.message?.startsWith('Error=')) return "the recorded text is not AWS's (a Python error)";
  if (typeof recorded.response === 'string') return "the recorded answer is the client's, not AWS's";
  if (calls.some(({ request }) => request['publish'] === true)) return 'versions (publish) not emulated';
  const definitions = calls.flatMap(({ request }) => {
    const { definition } = request;
    return typeof definition === 'string' ? [definition] : [];
  });
  // What AWS refuses in either dialect can be held against us; what it accepts in JSONPath is refused by us.
  const refused = recorded.error !== undefined || JSON.stringify(recorded.response).includes('"FAIL"');
  if (/JSONPath|mixed/.test(recorded.dialect) && !refused) return `${recorded.dialect} dialect`;
  if (definitions.some((definition) => definition.includes('DISTRIBUTED'))) return 'DISTRIBUTED Map not emulated';
  // The setup lists each kind of call once: where the answer names more executions than it starts, it can't be made again.
  const started = recorded.setup.filter(({ call }) => call === 'StartExecution').length;
  const named = new Set(JSON.stringify(recorded.response ?? '').match(/<ExecArnPart_\d+idx>/g));
  if (named.size > started + 1) return `the answer names ${named.size} executions, the setup starts ${started}`;
  return undefined;
}

/** Why a case can't be run, from what it is about; `undefined` for one that can. */
export const reasonToLeaveOut = (recorded: RecordedCase): string | undefined =>
  isApiCase(recorded) ? fromApi(recorded) : fromExecution(recorded);
