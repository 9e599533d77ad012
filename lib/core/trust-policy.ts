import { conditionsOf, type TrustCondition } from './trust-conditions.ts';
import { elementsOf, hasDuplicateKeys, NotUnderstood, textsOf } from './policy-json.ts';
import { parsePrincipalArn } from './principal.ts';

/** Whom a statement names. A role or user by ARN, an account by its number, all else by its name. */
export interface Trusted {
  readonly kind: 'account' | 'role' | 'user' | 'service' | 'federated';
  readonly name: string;
}

/** One principal that may, or may not, do one thing under one set of conditions: a trust policy is a set of these. */
export interface TrustGrant {
  readonly effect: 'Allow' | 'Deny';
  readonly trusted: Trusted;
  /** In lower case: IAM doesn't tell `sts:AssumeRole` from `sts:assumerole`. */
  readonly action: string;
  readonly conditions: readonly TrustCondition[];
}

/** A trust policy by its meaning, without the many ways to write it. */
export interface TrustPolicy {
  /** Decides whether `${…}` in a condition is a variable or plain text. */
  readonly version: string;
  readonly grants: readonly TrustGrant[];
}

// What IAM takes a policy without `Version` for (IAM user guide, "IAM JSON policy elements: Version").
const OLD_VERSION = '2008-10-17';
const VERSIONS = [OLD_VERSION, '2012-10-17'];

/**
 * Reads a trust policy, or says what of it is not understood. `Sid` and `Id` are labels and don't count; one statement with
 * two principals means the same as two statements with one each, an account's number the same as its root.
 */
export function parseTrustPolicy(document: string): TrustPolicy | { readonly unreadable: string } {
  try {
    return readDocument(document);
  } catch (error) {
    if (error instanceof NotUnderstood) return { unreadable: error.message };
    throw error;
  }
}

function readDocument(document: string): TrustPolicy {
  const policy = elementsOf(parseJson(document), 'the trust policy', ['Version', 'Id', 'Statement']);
  const version = policy.get('Version') ?? OLD_VERSION;
  if (typeof version !== 'string' || !VERSIONS.includes(version)) throw new NotUnderstood('its Version is not known');
  const statement = policy.get('Statement');
  const statements: unknown[] = Array.isArray(statement) ? statement : [statement];
  if (statements.length === 0) throw new NotUnderstood('it has no statement');
  return { version, grants: statements.flatMap((item, index) => grantsOf(item, `Statement ${index + 1}`)) };
}

function parseJson(document: string): unknown {
  try {
    const parsed: unknown = JSON.parse(document);
    // JavaScript takes the last of two equal keys; which one IAM takes is not documented.
    if (!hasDuplicateKeys(document, parsed)) return parsed;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new NotUnderstood('it is not JSON');
  }
  throw new NotUnderstood('it has the same key twice');
}

// NotPrincipal, NotAction and Resource are left out on purpose: what trusts everybody but somebody is for a person to judge.
const STATEMENT = ['Sid', 'Effect', 'Principal', 'Action', 'Condition'];

function grantsOf(statement: unknown, where: string): TrustGrant[] {
  const elements = elementsOf(statement, where, STATEMENT);
  const effect = elements.get('Effect');
  if (effect !== 'Allow' && effect !== 'Deny') throw new NotUnderstood(`the Effect of ${where} is not known`);
  const conditions = conditionsOf(elements.get('Condition') ?? {}, where);
  const actions = textsOf(elements.get('Action'), `the Action of ${where}`).map((action) => action.toLowerCase());
  return trustedBy(elements.get('Principal'), where).flatMap((trusted) =>
    actions.map((action) => ({ effect, trusted, action, conditions })),
  );
}

const READERS: Readonly<Record<string, (name: string) => Trusted | undefined>> = {
  AWS: readAwsPrincipal,
  // China's own spelling of a service's name means the same service (aws-cn user guides use both).
  Service: (name) =>
    /^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(name)
      ? { kind: 'service', name: name.replace(/\.amazonaws\.com\.cn$/, '.amazonaws.com') }
      : undefined,
  Federated: (name) => (/[*?]/.test(name) ? undefined : { kind: 'federated', name }),
};

function trustedBy(principal: unknown, where: string): Trusted[] {
  if (principal === '*') throw new NotUnderstood(`${where} trusts everybody`);
  const kinds = elementsOf(principal, `the Principal of ${where}`, Object.keys(READERS));
  if (kinds.size === 0) throw new NotUnderstood(`the Principal of ${where} is empty`);
  return [...kinds].flatMap(([kind, names]) =>
    textsOf(names, `the Principal of ${where}`).map((name) => {
      const trusted = READERS[kind]?.(name);
      if (!trusted) throw new NotUnderstood(`${where} trusts ${kind} '${name}'`);
      return trusted;
    }),
  );
}

/** IAM shows a deleted role or user as its unique id: that, an STS session or `*` is no one we know. */
function readAwsPrincipal(name: string): Trusted | undefined {
  const account = /^(?:arn:aws(?:-[a-z]+)*:iam::)?(\d{12})(:root)?$/.exec(name);
  if (account?.[1] !== undefined && name.startsWith('arn:') === (account[2] !== undefined)) {
    return { kind: 'account', name: account[1] };
  }
  const principal = parsePrincipalArn(name);
  return principal && { kind: principal.kind, name };
}
