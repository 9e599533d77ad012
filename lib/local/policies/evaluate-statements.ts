import type { PolicyStatement } from '../deployment.ts';
import { conditionHolds, conditionOperator } from './condition-operators.ts';
import { coversAction, coversResource } from './pattern.ts';

/** A request's condition keys, in lower case as IAM compares them, with their values. */
export type RequestContext = ReadonlyMap<string, readonly string[]>;

/** One thing that somebody wants to do: what IAM decides about. */
export interface AccessRequest {
  /** `eks:DescribeCluster`. */
  readonly action: string;
  /** An ARN; `*` for an action that is about no resource in particular. */
  readonly resource: string;
  readonly context: RequestContext;
}

/** What statements say of a request, and the numbers of those that say so. */
export interface Evaluation {
  readonly effect: 'allow' | 'explicitDeny' | 'implicitDeny';
  readonly statements: readonly number[];
}

function conditionsHold({ conditions = {} }: PolicyStatement, context: RequestContext): boolean {
  return Object.entries(conditions).every(([operatorName, byKey]) => {
    const operator = conditionOperator(operatorName);
    // Unknown ones are refused at deploy; a statement that got past that allows nothing.
    if (!operator) return false;
    return Object.entries(byKey).every(([key, wanted]) =>
      conditionHolds(operator, wanted, context.get(key.toLowerCase())),
    );
  });
}

/** Whether a statement is about a request. */
export function applies(statement: PolicyStatement, { action, resource, context }: AccessRequest): boolean {
  return (
    statement.actions.some((pattern) => coversAction(pattern, action)) &&
    statement.resources.some((pattern) => coversResource(pattern, resource)) &&
    conditionsHold(statement, context)
  );
}

/** What statements say of a request: an explicit deny beats every allow, and silence denies. */
export function evaluateStatements(statements: readonly PolicyStatement[], request: AccessRequest): Evaluation {
  const found = [...statements.entries()].filter(([, statement]) => applies(statement, request));
  const numbersOf = (effect: PolicyStatement['effect']) =>
    found.filter(([, statement]) => statement.effect === effect).map(([index]) => index);
  const [denies, allows] = [numbersOf('Deny'), numbersOf('Allow')];
  if (denies.length > 0) return { effect: 'explicitDeny', statements: denies };
  return { effect: allows.length > 0 ? 'allow' : 'implicitDeny', statements: allows };
}
