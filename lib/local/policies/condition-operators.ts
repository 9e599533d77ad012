import { isArnLike, isLike } from './pattern.ts';

interface Comparison {
  readonly holds: (wanted: string, value: string) => boolean;
  readonly isNegated: boolean;
  /** Looks at whether the key is there, and not at its values. */
  readonly isOfPresence?: true;
}

const isEqual = (wanted: string, value: string) => wanted === value;
const positive = (holds: Comparison['holds']): Comparison => ({ holds, isNegated: false });
const negated = (holds: Comparison['holds']): Comparison => ({ holds, isNegated: true });

// ArnEquals and ArnLike "behave identically" (IAM user guide, condition operators).
const COMPARISONS: ReadonlyMap<string, Comparison> = new Map([
  ['StringEquals', positive(isEqual)],
  ['StringNotEquals', negated(isEqual)],
  ['StringLike', positive(isLike)],
  ['StringNotLike', negated(isLike)],
  ['ArnEquals', positive(isArnLike)],
  ['ArnLike', positive(isArnLike)],
  ['ArnNotEquals', negated(isArnLike)],
  ['ArnNotLike', negated(isArnLike)],
  // True where the request lacks the key, false where it has it (IAM user guide, "Condition operator to check existence").
  ['Null', { ...positive(isEqual), isOfPresence: true }],
  ['Bool', positive((wanted, value) => wanted.toLowerCase() === value.toLowerCase())],
]);

/** The names of the operators, without what may stand around them. */
export const CONDITION_OPERATORS: readonly string[] = [...COMPARISONS.keys()];

/** A condition operator, taken apart: `ForAllValues:StringLikeIfExists`. */
export interface ConditionOperator extends Comparison {
  readonly set: 'ForAllValues' | 'ForAnyValue' | undefined;
  readonly ifExists: boolean;
}

/** The operator of that name; undefined for one that isn't evaluated here. */
export function conditionOperator(name: string): ConditionOperator | undefined {
  const [, set, base = '', ifExists] = /^(?:(ForAllValues|ForAnyValue):)?(\w+?)(IfExists)?$/.exec(name) ?? [];
  const comparison = COMPARISONS.get(base);
  // Nothing may stand around Null (IAM user guide, "…IfExists condition operators").
  if (!comparison || (comparison.isOfPresence && name !== base)) return undefined;
  return {
    ...comparison,
    set: set === 'ForAllValues' || set === 'ForAnyValue' ? set : undefined,
    ifExists: ifExists !== undefined,
  };
}

/**
 * Whether a condition holds for a key's values; undefined where the request doesn't have the key (IAM user guide, "Condition
 * operators" and "Multivalued context keys"): a negated operator and `…IfExists` hold then, `ForAllValues` holds for no value at
 * all, `ForAnyValue` doesn't.
 */
export function conditionHolds(
  { holds, isNegated, set, ifExists, isOfPresence }: ConditionOperator,
  wanted: readonly string[],
  values: readonly string[] | undefined,
): boolean {
  const matches = (value: string) => wanted.some((one) => holds(one, value)) !== isNegated;
  if (isOfPresence) return wanted.some((one) => holds(one.toLowerCase(), String(values === undefined)));
  if (values === undefined && ifExists) return true;
  if (set === 'ForAllValues') return (values ?? []).every(matches);
  if (set === 'ForAnyValue') return (values ?? []).some(matches);
  return values === undefined ? isNegated : values.every(matches);
}
