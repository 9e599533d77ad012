import { isString } from '../../lib/local/stepfunctions/json.ts';
import { parseJson } from '../../lib/local/stepfunctions/parse-json.ts';
import type { ApiCall, ApiCase } from './case.ts';

const byIndex = (index: number) => `<ExecArnPart_${index}idx>`;

/** Whether StartExecution takes that input. */
const isStartable = ({ input = '{}' }: ApiCall['request']): boolean => isString(input) && 'value' in parseJson(input);

/**
 * Gives the executions that the setup starts without a name the name by which the case knows them: `<ExecArnPart_0idx>` is the first
 * that was started; an execution that the request names in another way is the latest.
 */
export function nameExecutions(recorded: ApiCase): ApiCase {
  const started = recorded.setup.filter(({ call, request }) => call === 'StartExecution' && isStartable(request));
  const wanted = recorded.request['executionArn'];
  const wantedName = isString(wanted) && wanted.includes(':execution:') ? wanted.split(':').at(-1) : undefined;
  const isKnown = started.some(({ request }, index) => wantedName === (request['name'] ?? byIndex(index)));
  const names = new Map(
    started.map((call, index) => {
      const isWanted = index === started.length - 1 && wantedName !== undefined && !isKnown;
      return [call, isWanted ? wantedName : byIndex(index)];
    }),
  );
  const setup = recorded.setup.map((call) => {
    const name = names.get(call);
    return name === undefined || 'name' in call.request ? call : { ...call, request: { ...call.request, name } };
  });
  return { ...recorded, setup };
}
