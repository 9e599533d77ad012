import { entryOf, type ExecutionReport, outcomeOf } from './execution-report.ts';
import { stateOf, timeOf } from './history-event.ts';
import { objectsIn, parsed } from '../replay/json-object.ts';
import { failure } from './narrate-role-changed.ts';
import type { Scene } from './timeline.ts';

// What a step has done when it says `continue`.
const DONE: Readonly<Record<string, string>> = {
  InspectEntry: 'stale, and the guard lets it be rebound',
  Preflight: 'preflight passed: EKS would take this very entry back',
  PreflightAdmin: 'preflight passed: EKS would take this very entry back, admin policies and all',
  DeleteEntry: 'entry deleted; all that was in it is in the ledger',
  CreateEntry: 'entry created again, for the role that lives',
  AssociatePolicies: 'its policies are back',
  AssociateAdminPolicies: 'its policies are back, the admin policies among them',
};

/** A role's name without its path, and where the entry is. */
export const entryName = (entry: { principalArn: string; clusterName: string; region: string }): string =>
  `${roleNameOf(entry.principalArn)} in ${entry.clusterName} (${entry.region})`;

/** A role's name without its path. */
export const roleNameOf = (principalArn: string): string => principalArn.split('/').at(-1) ?? principalArn;

/** Tells what an execution of `rebind-entry` did, one scene a step. `policies` says how many policies the entry had. */
export function narrateRebind(report: ExecutionReport, policies: number): Scene[] {
  const { principalArn, clusterName, region } = entryOf(report);
  const about = { role: roleNameOf(principalArn), places: [{ clusterName, region }] };
  const scenes: Scene[] = [];
  let failing = '';
  let tries = 0;

  for (const event of report.history) {
    const say = (who: string, what: string, tone: Scene['tone'] = 'plain') =>
      scenes.push({ at: timeOf(event), who, what, about, tone });
    if (event.type === 'LambdaFunctionSucceeded') {
      const state = stateOf(event, report.history);
      const { next, waitSeconds } = parsed(event.lambdaFunctionSucceededEventDetails?.output);
      failing = '';
      if (next === 'wait')
        say('eks-rebind', `leaves it to its owner, who may make it anew: waits ${String(waitSeconds)} s`);
      if (next === 'inspect-again') say('eks-rebind', 'changed meanwhile, is looked at again');
      const isEmptyHanded = state === 'AssociatePolicies' && policies === 0;
      if (next === 'continue' && DONE[state] && !isEmptyHanded) say('eks-rebind', DONE[state]);
    } else if (event.type === 'LambdaFunctionFailed' || event.type === 'LambdaFunctionTimedOut') {
      const state = stateOf(event, report.history);
      tries = state === failing ? tries + 1 : 1;
      const error = event.lambdaFunctionFailedEventDetails?.error ?? 'timed out';
      if (state !== failing) say('eks-rebind', `${state} fails with ${error}, is tried again`, 'bad');
      failing = state;
    } else if (event.type === 'ExecutionFailed' || event.type === 'ExecutionTimedOut') {
      say('Step Functions', `execution ${failure(event)} at ${failing}, after ${tries} tries`, 'bad');
    } else if (event.type === 'ExecutionRedriven') {
      say('Step Functions', `execution goes on at ${failing}`);
      failing = '';
    } else if (event.type === 'ExecutionSucceeded') {
      const { name: outcome, rule, explanation } = outcomeOf(report);
      const isGood = outcome === 'Rebound';
      const isHeld = !objectsIn(report.output?.['reasons']).some((reason) => reason['rule'] === 'NoInstanceProfile');
      const good = `reads back as it was${isHeld ? '' : '; no instance profile holds the role'}`;
      const why = isGood ? good : `${rule}: ${explanation}`;
      say('eks-rebind', `${outcome} (${why})`, isGood ? 'good' : 'plain');
    }
  }
  return scenes;
}
