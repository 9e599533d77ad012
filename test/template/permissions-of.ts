import type { Template, TemplateResource } from '../../lib/infra/synthesize.ts';

/** One permission of a template: an action of a statement, or for a statement of a resource's the whole of it. */
export interface TemplatePermission {
  /** What the permission is called in tests. */
  readonly title: string;
  /** The logical id of the resource that holds it. */
  readonly holder: string;
  readonly effect: 'Allow' | 'Deny';
  readonly action: string;
  /** The template without it. */
  readonly without: (template: Template) => Template;
}

interface Statement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: string | readonly string[];
}

interface PolicyDocument {
  readonly Statement: readonly Statement[];
}

interface Place {
  readonly document: PolicyDocument;
  /** The resource with another document in this place. */
  readonly put: (document: PolicyDocument) => TemplateResource;
}

/** Where a resource has policy documents. */
function placesIn(resource: TemplateResource): Place[] {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- policies in a template that CDK wrote
  const properties = (resource.Properties ?? {}) as Record<string, unknown> & {
    Policies?: { PolicyName: string; PolicyDocument: PolicyDocument }[];
    AssumeRolePolicyDocument?: PolicyDocument;
    PolicyDocument?: PolicyDocument;
  };
  const { Policies = [], AssumeRolePolicyDocument: trust, PolicyDocument: own } = properties;
  const changed = (more: object) => ({ ...resource, Properties: { ...properties, ...more } });
  return [
    ...Policies.map(({ PolicyDocument: document }, index) => ({
      document,
      put: (put: PolicyDocument) =>
        changed({ Policies: Policies.map((one, at) => (at === index ? { ...one, PolicyDocument: put } : one)) }),
    })),
    ...(trust ? [{ document: trust, put: (put: PolicyDocument) => changed({ AssumeRolePolicyDocument: put }) }] : []),
    ...(own ? [{ document: own, put: (put: PolicyDocument) => changed({ PolicyDocument: put }) }] : []),
  ];
}

const replaced = (template: Template, id: string, resource: TemplateResource): Template => ({
  ...template,
  Resources: { ...template.Resources, [id]: resource },
});

// No document may be empty: what would leave one so allows nothing any more that anybody here does.
const OF_NO_USE = 'sts:GetFederationToken';

/** A document without one action of one statement. */
function withoutAction({ Statement: statements, ...rest }: PolicyDocument, index: number, action: string) {
  const kept = statements.map((statement, at) => {
    if (at !== index) return statement;
    const Action = [statement.Action].flat().filter((one) => one !== action);
    return { ...statement, Action: Action.length > 0 ? Action : [OF_NO_USE] };
  });
  return { ...rest, Statement: kept };
}

function inDocuments(holder: string, resource: TemplateResource): TemplatePermission[] {
  return placesIn(resource).flatMap(({ document, put }) =>
    document.Statement.flatMap(({ Effect, Action }, index) =>
      [Action].flat().map((action) => ({
        title: `${Effect} ${action} (statement ${index} of ${holder})`,
        holder,
        effect: Effect,
        action,
        without: (template) => replaced(template, holder, put(withoutAction(document, index, action))),
      })),
    ),
  );
}

/** Every permission of a template. */
export function permissionsOf({ Resources }: Template): TemplatePermission[] {
  return Object.entries(Resources).flatMap(([holder, resource]) => {
    if (resource.Type !== 'AWS::Lambda::Permission') return inDocuments(holder, resource);
    const action = String(resource.Properties?.['Action']);
    // Somebody else may instead.
    const isService = String(resource.Properties?.['Principal']).endsWith('.amazonaws.com');
    const Principal = isService ? 'sns.amazonaws.com' : 'arn:aws:iam::111122223333:user/nobody';
    const other = { ...resource, Properties: { ...resource.Properties, Principal } };
    const without = (template: Template) => replaced(template, holder, other);
    return [{ title: `Allow ${action} (${holder})`, holder, effect: 'Allow', action, without }];
  });
}
