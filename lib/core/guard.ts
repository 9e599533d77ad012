import type { Decision } from './shapes.ts';
import type { GuardFacts } from './guard-facts.ts';

export function guard(_facts: GuardFacts): Decision {
  return { action: 'ask', reasons: [{ rule: 'NoRuleMatches', explanation: '', evidence: {} }] };
}
