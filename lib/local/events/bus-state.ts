import type { RuleState, Target } from '@aws-sdk/client-eventbridge';
import type { Call } from '../call.ts';
import { AwsFault } from '../call.ts';
import type { EventPattern } from './event-pattern.ts';

/** Names one rule of a default bus. */
export interface RuleRef {
  readonly accountId: string;
  readonly region: string;
  readonly name: string;
}

/** A rule and its targets. */
export interface Rule extends RuleRef {
  readonly arn: string;
  /** Which events it takes. @default none: it goes by its schedule */
  readonly pattern?: EventPattern;
  readonly patternText?: string;
  /** When it fires by itself. @default never */
  readonly scheduleExpression?: string;
  readonly state: RuleState;
  readonly description?: string | undefined;
  readonly roleArn?: string | undefined;
  readonly createdBy: string;
  readonly targets: readonly Target[];
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

/** Refuses any bus but the default one: others are not emulated, so there are none. */
export function checkBus(busNameOrArn: string | undefined, call: Call): void {
  const arn = `arn:${call.caller.partition}:events:${call.region}:${call.caller.accountId}:event-bus/default`;
  if (busNameOrArn === undefined || busNameOrArn === 'default' || busNameOrArn === arn) return;
  const name = busNameOrArn.split('event-bus/').at(-1) ?? busNameOrArn;
  throw new AwsFault('ResourceNotFoundException', `Event bus ${name} does not exist.`);
}

/** The name of a rule on the caller's bus. */
export function ruleRef(name: string, call: Call): RuleRef {
  return { accountId: call.caller.accountId, region: call.region, name };
}

/** The rule a call names. */
export function ruleNamed(state: BusState, name: string, bus: string | undefined, call: Call): Rule {
  checkBus(bus, call);
  const rule = state.rule(ruleRef(name, call));
  // Text: seen with Terraform and Pulumi, `PutTargets` of a rule that is not there.
  if (!rule) throw new AwsFault('ResourceNotFoundException', `Rule ${name} does not exist on EventBus default.`);
  return rule;
}
