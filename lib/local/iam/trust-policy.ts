import type { IamPrincipal } from './iam-state.ts';

type FindByArn = (arn: string) => IamPrincipal | undefined;

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && !!value;
const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : value === undefined ? [] : [value]);

/** A policy document's statements; none where it isn't JSON of that shape. */
function statementsOf(document: string): Readonly<Record<string, unknown>>[] {
  try {
    const policy: unknown = JSON.parse(document);
    return isObject(policy) ? list(policy['Statement']).filter(isObject) : [];
  } catch {
    return [];
  }
}

/** What a trust policy names as `AWS` principals: ARNs, account ids, unique ids, `*`. */
export function awsPrincipalsOf(document: string): string[] {
  return statementsOf(document)
    .flatMap(({ Principal }) => (isObject(Principal) ? list(Principal['AWS']) : list(Principal)))
    .filter((principal) => typeof principal === 'string');
}

/** The unique ids of the roles and users that a trust policy names, by ARN. IAM stores these, not the ARNs. */
export function trustedIds(document: string | undefined, findByArn: FindByArn): Record<string, string> {
  const found = awsPrincipalsOf(document ?? '').map((arn) => [arn, findByArn(arn)?.uniqueId] as const);
  return Object.fromEntries(found.filter((pair): pair is readonly [string, string] => pair[1] !== undefined));
}

/**
 * The trust policy as IAM shows it: a trusted role or user that was deleted since appears as its unique id, even when another of
 * its name lives now (IAM user guide, "Principal element").
 */
export function shownTrustPolicy(principal: IamPrincipal, findByArn: FindByArn): string {
  const document = principal.trustPolicy ?? '';
  const gone = Object.entries(principal.trustedIds ?? {}).filter(([arn, id]) => findByArn(arn)?.uniqueId !== id);
  if (gone.length === 0) return document;
  const shown = new Map(gone);
  const show = (name: unknown) => (typeof name === 'string' ? (shown.get(name) ?? name) : name);
  return JSON.stringify(JSON.parse(document), (key, value) =>
    key === 'AWS' ? (Array.isArray(value) ? value.map(show) : show(value)) : value,
  );
}
