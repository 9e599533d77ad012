import type { PolicyStatement, ResourcePolicyStatement } from '../deployment.ts';
import { asText, type Properties, propertiesOf } from './properties.ts';
import { isMembers } from './template.ts';
import { refuse } from './template-error.ts';

const DOCUMENT = { reads: ['Statement', 'Version'], keeps: ['Id'] };
// NotAction, NotResource and NotPrincipal are refused: what they allow can't be told from them alone.
const IDENTITY_STATEMENT = { reads: ['Effect', 'Action', 'Resource', 'Condition'], keeps: ['Sid'] };
const RESOURCE_STATEMENT = { ...IDENTITY_STATEMENT, reads: [...IDENTITY_STATEMENT.reads, 'Principal'] };

/** The statements of a policy that a role has. */
export function identityPolicy(document: unknown, path: string): PolicyStatement[] {
  return statementsIn(document, path, IDENTITY_STATEMENT).map((statement) => {
    const { resources, ...rest } = partsOf(statement);
    if (resources.length === 0) refuse(`${statement.path}.Resource`, 'a policy of a role must name resources');
    return { ...rest, resources };
  });
}

/** The statements of a policy that a resource has, or of a role's trust policy: they say to whom. */
export function resourcePolicy(document: unknown, path: string): ResourcePolicyStatement[] {
  return statementsIn(document, path, RESOURCE_STATEMENT).map((statement) => ({
    ...partsOf(statement),
    principals: principalsOf(statement),
  }));
}

function statementsIn(document: unknown, path: string, known: typeof DOCUMENT): readonly Properties[] {
  const policy = propertiesOf(document, path, 'a policy document', DOCUMENT);
  // Policy variables (`${aws:username}`) are read in this version alone.
  if (policy.text('Version') !== '2012-10-17') refuse(`${path}.Version`, 'expected 2012-10-17');
  const statements = asList(policy.raw('Statement'));
  if (statements.length === 0) refuse(`${path}.Statement`, 'expected statements');
  return statements.map((statement, index) =>
    propertiesOf(statement, `${path}.Statement.${index}`, 'a policy statement', known),
  );
}

function partsOf(statement: Properties): PolicyStatement {
  const effect = statement.oneOf('Effect', ['Allow', 'Deny']) ?? refuse(statement.path, 'expected an Effect');
  const actions = textsAt(statement, 'Action');
  if (actions.length === 0) refuse(`${statement.path}.Action`, 'expected actions');
  const resources = textsAt(statement, 'Resource');
  return { effect, actions, resources, ...(statement.has('Condition') && { conditions: conditionsOf(statement) }) };
}

function conditionsOf(statement: Properties): NonNullable<PolicyStatement['conditions']> {
  const path = `${statement.path}.Condition`;
  const operators = Object.entries(statement.record('Condition'));
  return Object.fromEntries(
    operators.map(([operator, keys]) => {
      if (!isMembers(keys)) return refuse(`${path}.${operator}`, 'expected condition keys');
      const named = Object.entries(keys).map(([key, value]) => [key, texts(value, `${path}.${operator}.${key}`)]);
      return [operator, Object.fromEntries(named)];
    }),
  );
}

function principalsOf(statement: Properties): ResourcePolicyStatement['principals'] {
  const path = `${statement.path}.Principal`;
  const principal = statement.raw('Principal');
  if (principal === '*') return { AWS: ['*'] };
  if (!isMembers(principal)) return refuse(path, 'expected principals');
  return Object.fromEntries(Object.entries(principal).map(([kind, value]) => [kind, texts(value, `${path}.${kind}`)]));
}

const textsAt = (statement: Properties, name: string): string[] =>
  texts(statement.raw(name), `${statement.path}.${name}`);

const asList = (value: unknown): unknown[] => (Array.isArray(value) ? value : value === undefined ? [] : [value]);

/** IAM takes one value for a list of one, and numbers and booleans for their texts. */
function texts(value: unknown, path: string): string[] {
  return asList(value).map((item) => asText(item) ?? refuse(path, 'expected texts'));
}
