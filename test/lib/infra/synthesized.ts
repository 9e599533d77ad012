import { synthesize, type Template } from '../../../lib/infra/synthesize.ts';

export const ENV = { account: '111122223333', region: 'us-east-1' };
export const APPROVER = 'arn:aws:iam::111122223333:role/approvers';

/** The stack with somebody to ask, so that every step is deployed. */
export const EVERYTHING: Template = synthesize({ approvers: [APPROVER] }, ENV);

/** The properties of all resources of a type, by logical id. */
export function resourcesOf(type: string, template: Template = EVERYTHING): Map<string, Record<string, unknown>> {
  return new Map(
    Object.entries(template.Resources).flatMap(([id, { Type, Properties = {} }]) =>
      Type === type ? [[id, Properties]] : [],
    ),
  );
}

/** The one resource of a type that has this for its name, or whatever else tells it. */
export function resourceWith(type: string, told: object, template: Template = EVERYTHING): Record<string, unknown> {
  const wanted = Object.entries(told);
  const [found, ...more] = [...resourcesOf(type, template).values()].filter((properties) =>
    wanted.every(([name, value]) => properties[name] === value),
  );
  if (found && more.length === 0) return found;
  throw new Error(`${more.length + (found ? 1 : 0)} resources of ${type} have ${JSON.stringify(told)}, wanted one`);
}

/** What `Fn::GetAtt` or `Ref` names. */
export function referredTo(value: unknown): string | undefined {
  const [, id] = /^\{"(?:Fn::GetAtt|Ref)":\[?"(\w+)"/.exec(JSON.stringify(value) ?? '') ?? [];
  return id;
}
