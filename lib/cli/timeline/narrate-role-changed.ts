import type { HistoryEvent } from '@aws-sdk/client-sfn';
import { actorOf } from './actor.ts';
import { type ExecutionReport, outcomeOf } from './execution-report.ts';
import { stateOf, timeOf } from './history-event.ts';
import { type JsonObject, objectOr, parsed, textOr } from '../replay/json-object.ts';
import type { Scene } from './timeline.ts';

const count = (value: unknown) => (Array.isArray(value) ? value.length : 0);
/** The role or user that a record's request names. */
export function nameIn(detail: JsonObject): string | undefined {
  const asked = objectOr(detail['requestParameters']);
  return textOr(asked['roleName']) ?? textOr(asked['userName']);
}

const plural = (number: number, one: string, many: string) => `${number} ${number === 1 ? one : many}`;

/** Tells what an execution of `role-changed` did, one scene a step. */
export function narrateRoleChanged(report: ExecutionReport): Scene[] {
  const detail = objectOr(report.input['detail']);
  const role = nameIn(detail) ?? 'a role';
  const told = `${String(detail['eventName'])} of ${role}, by ${actorOf(detail)}: starts role-changed`;
  const scenes: Scene[] = [{ at: report.startedAt, who: 'EventBridge', what: told }];
  const found = { entries: 0, missed: 0 };
  let isWaiting = false;

  for (const event of report.history) {
    const say = (what: string, tone: Scene['tone'] = 'plain') =>
      scenes.push({ at: timeOf(event), who: 'eks-rebind', what: `${role}: ${what}`, tone });
    const output = parsed(event.lambdaFunctionSucceededEventDetails?.output);
    const state = event.type === 'LambdaFunctionSucceeded' ? stateOf(event, report.history) : event.type;
    if (state === 'FindEntries') {
      found.entries += count(output['entries']);
      found.missed += count(output['notSearched']);
    } else if (state === 'MapStateSucceeded') {
      const missed = found.missed > 0 ? `; ${plural(found.missed, 'place', 'places')} could not be searched` : '';
      say(`${plural(found.entries, 'access entry names', 'access entries name')} it${missed}`);
    } else if (state === 'CheckRole' && output['status'] === 'waiting' && !isWaiting) {
      isWaiting = true;
      say('waits until IAM shows the new role steadily, and the role is old enough');
    } else if (state === 'CheckRole' && output['status'] === 'settled') {
      say(`IAM has settled: ${plural(Number(output['reads']), 'read', 'reads')}, ${idOf(output)} each time`);
    } else if (state === 'StartRebinds') {
      const rebinds = count(output['rebinds']);
      say(rebinds === 1 ? 'starts 1 rebind' : `starts ${rebinds} rebinds, one execution each`);
    } else if (state === 'ExecutionSucceeded') {
      const end = endOf(report);
      if (end) say(end);
    } else if (state === 'ExecutionFailed' || state === 'ExecutionTimedOut') {
      scenes.push({
        at: timeOf(event),
        who: 'Step Functions',
        what: `role-changed of ${role} ${failure(event)}`,
        tone: 'bad',
      });
    }
  }
  return scenes;
}

const idOf = (output: JsonObject) => textOr(objectOr(output['incarnation'])['principalId']) ?? 'one id';

/** The ends that no step has told of already. */
function endOf(report: ExecutionReport): string | undefined {
  const { name } = outcomeOf(report);
  const { output = {} } = report;
  const entries = count(output['entries']);
  if (name === 'PrincipalReturned') return 'PrincipalReturned: the event of its creation sees to its entries';
  if (name === 'Orphaned')
    return `Orphaned: it stayed away, and ${plural(entries, 'entry is an orphan', 'entries are orphans')}`;
  if (name === 'NothingToDo') return `NothingToDo: ${String(output['reason'])}`;
  return name === 'RebindsStarted' ? undefined : name;
}

/** Why an execution failed, in the words of its last event. */
export function failure({ executionFailedEventDetails, executionTimedOutEventDetails }: HistoryEvent): string {
  const { error, cause } = executionFailedEventDetails ?? executionTimedOutEventDetails ?? {};
  const { errorMessage } = cause?.startsWith('{') ? parsed(cause) : {};
  const said = typeof errorMessage === 'string' ? errorMessage : (cause ?? '');
  const short = said.length > 90 ? `${said.slice(0, 90)}…` : said;
  return `fails: ${error ?? 'States.Timeout'}${short && ` (${short})`}`;
}
