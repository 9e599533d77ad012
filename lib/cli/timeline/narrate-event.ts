import type { BusEvent } from '../../local/events/event.ts';
import { actorOf } from './actor.ts';
import { inShort } from './execution-report.ts';
import { objectOr, textOr } from '../replay/json-object.ts';
import { entryName } from './narrate-rebind.ts';
import { nameIn } from './narrate-role-changed.ts';
import type { Scene } from './timeline.ts';

/** Tells of an event on the bus, if a person wants to hear of it: roles that come and go, outcomes, failures. */
export function narrateEvent({ source, detail }: BusEvent, at: number): Scene | undefined {
  if (source === 'aws.iam') return ofIam(detail, at);
  if (source === 'eks-rebind') return ofRebind(detail, at);
  return source === 'aws.states' ? ofExecution(detail, at) : undefined;
}

function ofIam(detail: BusEvent['detail'], at: number): Scene | undefined {
  const eventName = textOr(detail['eventName']);
  if (!/^(Create|Delete)(Role|User)$/.test(eventName ?? '')) return undefined;
  const role = nameIn(detail) ?? 'a role';
  const error = textOr(detail['errorCode']);
  const what = `${eventName} of ${role}, by ${actorOf(detail)}${error ? `: failed with ${error}` : ''}`;
  return { at, who: 'EventBridge', what };
}

function ofRebind(detail: BusEvent['detail'], at: number): Scene {
  const outcome = objectOr(detail['outcome']);
  const entry = objectOr(detail['entry']);
  const of = (member: string) => textOr(entry[member]) ?? '?';
  const name = entryName({
    principalArn: of('principalArn'),
    clusterName: of('clusterName'),
    region: of('region'),
  });
  const { name: outcomeName, rule, explanation } = inShort(outcome, '?');
  const why = rule ? ` (${rule}: ${explanation})` : '';
  const tone = outcomeName === 'Rebound' ? 'good' : 'plain';
  return { at, who: 'eks-rebind', what: `${name}: ${outcomeName}${why}`, tone };
}

function ofExecution(detail: BusEvent['detail'], at: number): Scene | undefined {
  const status = textOr(detail['status']) ?? '';
  if (!['FAILED', 'TIMED_OUT', 'ABORTED'].includes(status)) return undefined;
  const arn = textOr(detail['executionArn']) ?? '';
  const what = `${status}: mend the cause, then aws stepfunctions redrive-execution --execution-arn ${arn}`;
  return { at, who: 'Step Functions', what, tone: 'bad' };
}
