import { conditionHolds } from './conditions.ts';
import { type Names, resolve, resolveText } from './intrinsics.ts';
import { physicalName } from './physical-name.ts';
import { type DeployedWhere, pseudoParameters, stackNameOf } from './pseudo-parameters.ts';
import type { Identity, ResourceKind, Unnamed } from './resource-kind.ts';
import { kindOf } from './resource-kinds.ts';
import { type Properties, propertiesOf } from './properties.ts';
import { isMembers, type Template, type TemplateResource } from './template.ts';
import { refuse } from './template-error.ts';

/** A resource that is made: of a known kind, its condition holding. */
interface StackResource {
  readonly logicalId: string;
  readonly kind: ResourceKind;
  readonly identity: () => Identity;
  readonly properties: () => Properties;
}

/** A template's names and resources in one place of deployment. */
export interface Stack {
  readonly names: Names;
  readonly resources: readonly StackResource[];
}

/** Gives every name in a template its meaning. Names are looked up when they are asked for, in whatever order they stand. */
export function stackOf(template: Template, where: DeployedWhere): Stack {
  const pseudo = pseudoParameters(where);
  const identities = new Map<string, Identity>();
  const beingNamed = new Set<string>();

  const names: Names = {
    ref(name, path) {
      if (pseudo.has(name)) return pseudo.get(name);
      if (name.startsWith('AWS::')) return refuse(path, `the local AWS knows no pseudo parameter '${name}'`);
      if (Object.hasOwn(template.parameters, name)) return parameterValue(name, template, path);
      return identityOf(name, path).ref ?? refuse(path, `the local AWS knows nothing that Ref gives for '${name}'`);
    },
    getAtt(logicalId, attribute, path) {
      const { attributes = {} } = identityOf(logicalId, path);
      const known = Object.keys(attributes).join(', ') || 'none';
      return (
        attributes[attribute] ??
        refuse(path, `the local AWS knows no attribute '${attribute}' of '${logicalId}', only ${known}`)
      );
    },
    holds: (condition, path) =>
      inTurn(`condition ${condition}`, path, () => conditionHolds(condition, template.conditions, path, names)),
  };

  /** Names that need each other would never come to an end. */
  function inTurn<T>(name: string, path: string, work: () => T): T {
    if (beingNamed.has(name)) return refuse(path, `${name} refers to itself`);
    beingNamed.add(name);
    try {
      return work();
    } finally {
      beingNamed.delete(name);
    }
  }

  const isMade = ({ condition }: TemplateResource, path: string) =>
    condition === undefined || names.holds(condition, path);

  function identityOf(logicalId: string, path: string): Identity {
    const resource = template.resources.get(logicalId) ?? refuse(path, `there is no '${logicalId}' to refer to`);
    if (!isMade(resource, path))
      refuse(path, `'${logicalId}' isn't made: its condition '${resource.condition}' doesn't hold`);
    const known = identities.get(logicalId);
    if (known) return known;
    const identify = kindOf(resource.type, logicalId).identify ?? (() => ({ name: logicalId }));
    const identity = inTurn(logicalId, path, () => identify(unnamed(logicalId, resource)));
    identities.set(logicalId, identity);
    return identity;
  }

  function unnamed(logicalId: string, { properties }: TemplateResource): Unnamed {
    const text = (property: string) =>
      properties[property] === undefined
        ? undefined
        : resolveText(properties[property], `Resources.${logicalId}.Properties.${property}`, names);
    return {
      where,
      text,
      nameFrom(property, longest) {
        const given = text(property);
        if (given === undefined) return physicalName(stackNameOf(where), logicalId, longest);
        const path = `Resources.${logicalId}.Properties.${property}`;
        return given.length <= longest ? given : refuse(path, `'${given}' is longer than ${longest} characters`);
      },
      arn: (service, resource) => `arn:${where.partition}:${service}:${where.region}:${where.accountId}:${resource}`,
    };
  }

  const resources = [...template.resources].map(([logicalId, resource]) => {
    const kind = kindOf(resource.type, logicalId);
    const path = `Resources.${logicalId}`;
    return {
      logicalId,
      kind,
      isMade: () => isMade(resource, path),
      identity: () => identityOf(logicalId, path),
      properties: () =>
        propertiesOf(
          resolve(resource.properties, `${path}.Properties`, names),
          `${path}.Properties`,
          resource.type,
          kind,
        ),
    };
  });
  return { names, resources: resources.filter((resource) => resource.isMade()) };
}

function parameterValue(name: string, { parameters }: Template, path: string): unknown {
  const parameter = parameters[name];
  const { Type: type, Default: value } = isMembers(parameter) ? parameter : {};
  // The default of any other type names what CloudFormation would look up.
  if (type !== 'String' && type !== 'Number')
    return refuse(path, `the local AWS knows no parameters of type ${String(type)}`);
  return value ?? refuse(path, `parameter '${name}' has no default, and nobody is asked for it here`);
}
