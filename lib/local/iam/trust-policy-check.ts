import { AwsFault } from '../call.ts';
import type { IamPrincipal } from './iam-state.ts';
import { awsPrincipalsOf } from './trust-policy.ts';

type FindByArn = (arn: string) => IamPrincipal | undefined;
type Json = Readonly<Record<string, unknown>>;

// The texts as they stand in many public logs of CreateRole.
const malformed = (text: string) => new AwsFault('MalformedPolicyDocumentException', text);

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : value === undefined ? [] : [value]);

function parsed(document: string): Json {
  let policy: unknown;
  try {
    policy = JSON.parse(document);
  } catch {
    throw malformed('This policy contains invalid Json');
  }
  if (!isObject(policy)) throw malformed('Syntax errors in policy.');
  return policy;
}

/** A service principal as JSON; which services exist isn't modelled. */
const SERVICE = /^"[\w.-]+\.(amazonaws\.com(\.cn)?|amazon\.com|aws\.internal)"$/;

function checkStatement(statement: unknown): void {
  if (!isObject(statement)) throw malformed('Syntax errors in policy.');
  const { Effect, Action, NotAction, Principal, Resource, NotResource } = statement;
  if (Resource !== undefined || NotResource !== undefined) throw malformed('Has prohibited field Resource');
  if (Principal === undefined && statement['NotPrincipal'] === undefined) {
    throw malformed('Missing required field Principal');
  }
  if (Action === undefined && NotAction === undefined) throw malformed('Missing required field Action');
  if (Effect !== 'Allow' && Effect !== 'Deny') throw malformed('Syntax errors in policy.');
  if (list(Action).some((action) => action !== '*' && !/^sts:/i.test(String(action)))) {
    throw malformed('AssumeRole policy may only specify STS AssumeRole actions.');
  }
  const services = isObject(Principal) ? list(Principal['Service']) : [];
  const stranger = services.map((service) => JSON.stringify(service)).find((service) => !SERVICE.test(service));
  if (stranger !== undefined) throw malformed(`Invalid principal in policy: "SERVICE":${stranger}`);
}

/** Whether an `AWS` principal names somebody: everybody, an account, or a role or user that exists. */
function isKnown(principal: string, findByArn: FindByArn): boolean {
  if (principal === '*' || /^\d{12}$/.test(principal) || /^arn:[\w-]+:iam::\d{12}:root$/.test(principal)) return true;
  const [, partition, accountId, name] =
    /^arn:([\w-]+):sts::(\d{12}):assumed-role\/([^/]+)\/[^/]+$/.exec(principal) ?? [];
  // A session's ARN has no path, so that only a role directly under `/` is found by it.
  return findByArn(name ? `arn:${partition}:iam::${accountId}:role/${name}` : principal) !== undefined;
}

/** Refuses a trust policy that IAM would. Ids of principals deleted since (`AROA…`) are refused too, as IAM does on a write. */
export function checkTrustPolicy(document: string, findByArn: FindByArn): void {
  const { Version, Statement } = parsed(document);
  if (Version !== undefined && Version !== '2012-10-17' && Version !== '2008-10-17') {
    throw malformed('The policy must contain a valid version string');
  }
  const statements = list(Statement);
  if (statements.length === 0) throw malformed('Missing required field Statement');
  for (const statement of statements) checkStatement(statement);
  const unknown = awsPrincipalsOf(document).find((principal) => !isKnown(principal, findByArn));
  if (unknown !== undefined) throw malformed(`Invalid principal in policy: "AWS":"${unknown}"`);
}
