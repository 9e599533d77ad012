import { parsePrincipalArn, parseSessionArn } from '../../core/principal.ts';
import { isObject, textOr } from '../replay/json-object.ts';

/**
 * What a line tells. `not-mapped`: the principal was known to STS, and no entry or row answered for its id. `mismatch`: an
 * entry answered for its id, and names another ARN. `token` and `sts`: the caller's token was no use, whatever the entries.
 */
type LineKind = 'not-mapped' | 'mismatch' | 'granted' | 'token' | 'sts' | 'other';

/** A line of the authenticator's log, as far as access entries are concerned. */
export interface AuthenticatorLine {
  readonly kind: LineKind;
  /** An IAM ARN without its path: the authenticator knows a session's role by name alone. */
  readonly principalArn?: string;
  /** The unique id that came, where the line tells it. */
  readonly userId?: string;
  /** Which connection: it ties lines of one attempt together. */
  readonly client?: string;
  /** The line's own words. */
  readonly says: string;
}

// Texts of aws-iam-authenticator: pkg/errutil (ErrNotMapped, ErrIDAndARNMismatch), pkg/token (FormatError, STSError), and older
// releases' `ARN is not mapped`, as AWS's and others' pages quote them. That EKS's own authenticator writes the same is inferred
// from such pages (docs/verify-on-aws.md, question 7).
const KINDS: readonly (readonly [RegExp, LineKind])[] = [
  [/identity is not mapped|ARN is not mapped/i, 'not-mapped'],
  [/ARN does not match User ID/i, 'mismatch'],
  [/input token was not properly formatted/i, 'token'],
  [/sts getCallerIdentity failed/i, 'sts'],
  [/^access granted$/i, 'granted'],
];

/** Reads one line; undefined where it is none of the authenticator's. */
export function readAuthenticatorLine(line: string): AuthenticatorLine | undefined {
  const fields = fieldsOf(unwrapped(line));
  const message = fields.get('msg');
  if (message === undefined) return undefined;
  const error = fields.get('error') ?? '';
  const says = error === '' ? message : `${message}: ${error}`;
  const kind = KINDS.find(([text]) => text.test(error) || text.test(message))?.[1] ?? 'other';
  const principalArn = principalIn(fields.get('arn') ?? '');
  const userId = idIn(fields);
  const client = fields.get('client');
  return {
    kind,
    says,
    ...(principalArn !== undefined && { principalArn }),
    ...(userId !== undefined && { userId }),
    ...(client !== undefined && { client }),
  };
}

/** Container runtimes and CloudWatch exports put the line into JSON. */
function unwrapped(line: string): string {
  if (!line.trimStart().startsWith('{')) return line;
  try {
    const value: unknown = JSON.parse(line);
    if (!isObject(value)) return line;
    return textOr(value['log']) ?? textOr(value['message']) ?? textOr(value['@message']) ?? line;
  } catch {
    return line;
  }
}

/** logfmt, as logrus writes it: `key=word` or `key="text with \"quotes\""`. What stands before the first key is passed over. */
function fieldsOf(line: string): Map<string, string> {
  const fields = new Map<string, string>();
  for (const [, key = '', quoted, word = ''] of line.matchAll(/([\w.@-]+)=(?:"((?:[^"\\]|\\.)*)"|(\S*))/g)) {
    if (!fields.has(key)) fields.set(key, quoted === undefined ? word : quoted.replaceAll(/\\(.)/g, '$1'));
  }
  return fields;
}

function principalIn(arn: string): string | undefined {
  if (parsePrincipalArn(arn)) return arn;
  const role = parseSessionArn(arn);
  return role && `arn:${role.partition}:iam::${role.accountId}:role/${role.name}`;
}

/** `userid=AROA…`, with or without its session; or the last part of `uid=aws-iam-authenticator:ACCOUNT:AROA…`. */
function idIn(fields: ReadonlyMap<string, string>): string | undefined {
  const [id] = (fields.get('userid') ?? fields.get('uid')?.split(':').at(-1) ?? '').split(':');
  return id !== undefined && /^A[A-Z]{3}[A-Z0-9]{8,}$/.test(id) ? id : undefined;
}
