import { refuse } from './template-error.ts';

/** JSON's objects. */
export type Members = Readonly<Record<string, unknown>>;

/** Whether a value is one of JSON's objects. */
export const isMembers = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A resource as the template has it, nothing in it resolved. */
export interface TemplateResource {
  readonly type: string;
  readonly properties: Members;
  /** The name of the condition that it is made under. */
  readonly condition?: string;
}

/** A template, taken apart. */
export interface Template {
  readonly resources: ReadonlyMap<string, TemplateResource>;
  readonly outputs: Members;
  readonly conditions: Members;
  readonly parameters: Members;
}

// Rules are assertions about parameters: CDK's own asks which version of its bootstrap stack there is.
const SECTIONS = [
  'AWSTemplateFormatVersion',
  'Description',
  'Metadata',
  'Parameters',
  'Rules',
  'Conditions',
  'Resources',
  'Outputs',
];

// What becomes of a resource when it is replaced or deleted, and what other tools wrote down: nothing for a first deployment.
const ATTRIBUTES = [
  'Type',
  'Properties',
  'Condition',
  'DependsOn',
  'Metadata',
  'DeletionPolicy',
  'UpdateReplacePolicy',
];

/** Takes a template apart, or refuses what in it the local AWS knows nothing of. */
export function readTemplate(template: object): Template {
  const sections: Members = { ...template };
  refuseOthers(sections, SECTIONS, 'the template', 'sections');
  const section = (name: string) => membersAt(sections[name] ?? {}, name);
  const resources = Object.entries(section('Resources'));
  const named = new Map(resources.map(([logicalId, resource]) => [logicalId, readResource(resource, logicalId)]));
  for (const [logicalId, resource] of resources) checkDependencies(membersAt(resource, logicalId), logicalId, named);
  return {
    resources: named,
    outputs: section('Outputs'),
    conditions: section('Conditions'),
    parameters: section('Parameters'),
  };
}

function readResource(resource: unknown, logicalId: string): TemplateResource {
  const path = `Resources.${logicalId}`;
  const attributes = membersAt(resource, path);
  refuseOthers(attributes, ATTRIBUTES, path, 'attributes');
  const { Type: type, Properties: properties = {}, Condition: condition } = attributes;
  if (typeof type !== 'string') return refuse(path, 'expected a Type');
  return {
    type,
    properties: membersAt(properties, `${path}.Properties`),
    ...(typeof condition === 'string' && { condition }),
  };
}

function checkDependencies({ DependsOn }: Members, logicalId: string, resources: ReadonlyMap<string, unknown>): void {
  for (const other of [DependsOn ?? []].flat()) {
    const isThere = typeof other === 'string' && resources.has(other);
    if (!isThere) refuse(`Resources.${logicalId}.DependsOn`, `there is no resource ${JSON.stringify(other)}`);
  }
}

function membersAt(value: unknown, path: string): Members {
  return isMembers(value) ? value : refuse(path, `expected an object, it is ${JSON.stringify(value)}`);
}

function refuseOthers(members: Members, known: readonly string[], path: string, what: string): void {
  const other = Object.keys(members).find((name) => !known.includes(name));
  if (other !== undefined)
    refuse(path, `the local AWS knows no '${other}' among ${what}; it knows ${known.join(', ')}`);
}
