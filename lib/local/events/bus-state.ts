import type { RuleState, Target } from '@aws-sdk/client-eventbridge';
import type { EventPattern } from './event-pattern.ts';
import type { BusEvent } from './event.ts';

/** Names one rule of a default bus. */
export interface RuleRef {
  readonly accountId: string;
  readonly region: string;
  readonly name: string;
}

/** A rule and its targets. */
export interface Rule extends RuleRef {
  readonly arn: string;
  readonly pattern: EventPattern;
  readonly patternText: string;
  readonly state: RuleState;
  readonly description?: string | undefined;
  readonly roleArn?: string | undefined;
  readonly createdBy: string;
  readonly targets: readonly Target[];
}

/** An event that a target was to get and never took. */
export interface DeadLetter {
  readonly at: number;
  readonly ruleArn: string;
  readonly targetArn: string;
  readonly event: BusEvent;
  readonly attempts: number;
  readonly errorCode: string;
  readonly errorMessage: string;
}

/** The default buses of every account and region. */
export interface BusState {
  rule(ref: RuleRef): Rule | undefined;
  /** By name, as ListRules answers them. */
  rulesOf(accountId: string, region: string): readonly Rule[];
  putRule(rule: Rule): void;
  removeRule(ref: RuleRef): void;
}

const ruleKey = ({ accountId, region, name }: RuleRef) => [accountId, region, name].join('|');

/** Buses without rules. */
export function createBusState(): BusState {
  const rules = new Map<string, Rule>();
  return {
    rule: (ref) => rules.get(ruleKey(ref)),
    rulesOf: (accountId, region) =>
      [...rules.values()]
        .filter((rule) => rule.accountId === accountId && rule.region === region)
        .toSorted((one, other) => (one.name < other.name ? -1 : 1)),
    putRule: (rule) => void rules.set(ruleKey(rule), rule),
    removeRule: (ref) => void rules.delete(ruleKey(ref)),
  };
}
