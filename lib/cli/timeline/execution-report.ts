import type { DescribeExecutionOutput, HistoryEvent } from '@aws-sdk/client-sfn';
import { GUARD_RULES } from '../../core/guard.ts';
import type { EntryRef } from '../../local/eks/access-entry.ts';
import { type JsonObject, objectOr, objectsIn, parsed, textOr } from '../replay/json-object.ts';
import type { Stage } from '../stage/stage.ts';

/** One execution, as Step Functions shows it. */
export interface ExecutionReport {
  readonly machine: 'role-changed' | 'rebind-entry';
  readonly arn: string;
  readonly status: string;
  readonly startedAt: number;
  readonly redriveCount: number;
  readonly input: JsonObject;
  /** Absent until it has succeeded. */
  readonly output?: JsonObject;
  readonly history: readonly HistoryEvent[];
}

/** Reads every execution of the service's state machines, oldest first. */
export async function readExecutions({ executions, stateMachineArns }: Stage): Promise<ExecutionReport[]> {
  const machines = [
    ['role-changed', stateMachineArns.roleChanged],
    ['rebind-entry', stateMachineArns.rebindEntry],
  ] as const;
  const reports: ExecutionReport[] = [];
  for (const [machine, stateMachineArn] of machines) {
    for (const { executionArn = '' } of await executions.list(stateMachineArn)) {
      const described = await executions.describe(executionArn);
      reports.push(reportOf(machine, described, await executions.history(executionArn)));
    }
  }
  return reports;
}

function reportOf(
  machine: ExecutionReport['machine'],
  described: DescribeExecutionOutput,
  history: readonly HistoryEvent[],
): ExecutionReport {
  return {
    machine,
    arn: described.executionArn ?? '',
    status: described.status ?? '',
    startedAt: described.startDate?.getTime() ?? 0,
    redriveCount: described.redriveCount ?? 0,
    input: parsed(described.input),
    ...(described.output !== undefined && { output: parsed(described.output) }),
    history,
  };
}

/** The entry that an execution of `rebind-entry` works on. */
export function entryOf({ input }: ExecutionReport): EntryRef {
  const entry = objectOr(input['entry']);
  const of = (member: string) => textOr(entry[member]) ?? '';
  return {
    accountId: of('accountId'),
    region: of('region'),
    clusterName: of('clusterName'),
    principalArn: of('principalArn'),
  };
}

/** An execution's end in a few words. */
export interface ExecutionOutcome {
  /** The outcome's name; the status of an execution that has none. */
  readonly name: string;
  /** The guard's rule that led to it, else the first reason given; empty where none was. */
  readonly rule: string;
  readonly explanation: string;
}

/** Who approved what an execution did, as its outcome tells; undefined where nobody had to. */
export function approverOf({ output = {} }: ExecutionReport): string | undefined {
  const approved = objectsIn(output['reasons']).find(({ rule }) => rule === 'Approved');
  return textOr(objectOr(approved?.['evidence'])['approvedBy']);
}

/** How an execution ended. */
export const outcomeOf = ({ output = {}, status }: ExecutionReport): ExecutionOutcome => inShort(output, status);

/** An outcome in short. Reasons beside the rule that decided are notes: they are in the outcome itself. */
export function inShort(outcome: JsonObject, status: string): ExecutionOutcome {
  const reasons = objectsIn(outcome['reasons']);
  const known: readonly unknown[] = GUARD_RULES;
  const decisive = reasons.find(({ rule }) => known.includes(rule)) ?? reasons[0];
  return {
    name: textOr(outcome['name']) ?? status,
    rule: textOr(decisive?.['rule']) ?? '',
    explanation: textOr(decisive?.['explanation']) ?? '',
  };
}

/** A state transition is each state entered, and each retry or redrive of a Task, which AWS bills as one more. */
export function countTransitions({ history }: ExecutionReport): number {
  const ofType = (isOne: (type: string) => boolean) => history.filter(({ type = '' }) => isOne(type)).length;
  const entered = ofType((type) => type.endsWith('StateEntered'));
  const scheduled = ofType((type) => type === 'TaskScheduled' || type === 'LambdaFunctionScheduled');
  return entered + Math.max(0, scheduled - ofType((type) => type === 'TaskStateEntered'));
}
