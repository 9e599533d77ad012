const compiled = new Map<string, RegExp>();

/** A pattern of IAM's, in which `*` is any text and `?` any one character. */
function expressionOf(pattern: string, flags: 'i' | ''): RegExp {
  const key = flags + pattern;
  const known = compiled.get(key);
  if (known) return known;
  const text = pattern
    .replace(/[.+^${}()|[\]\\]/g, String.raw`\$&`)
    .replaceAll('*', '[^]*')
    .replaceAll('?', '[^]');
  const expression = new RegExp(`^${text}$`, flags);
  compiled.set(key, expression);
  return expression;
}

/** Whether a text is of a pattern, in the same case. */
export const isLike = (pattern: string, text: string): boolean => expressionOf(pattern, '').test(text);

/** Whether a policy's action (`eks:Describe*`) covers one. IAM's actions aren't case-sensitive. */
export const coversAction = (pattern: string, action: string): boolean => expressionOf(pattern, 'i').test(action);

/**
 * Whether an ARN is of a pattern: "each of the six colon-delimited components of the ARN is checked separately" (IAM user guide,
 * "Amazon Resource Name (ARN) condition operators").
 */
export function isArnLike(pattern: string, arn: string): boolean {
  const [wanted, given] = [componentsOf(pattern), componentsOf(arn)];
  if (wanted.length !== 6 || given.length !== 6) return false;
  return wanted.every((component, index) => isLike(component, given[index] ?? ''));
}

function componentsOf(arn: string): readonly string[] {
  const [prefix = '', partition = '', service = '', region = '', account = '', ...resource] = arn.split(':');
  return resource.length > 0 ? [prefix, partition, service, region, account, resource.join(':')] : [];
}

/**
 * Whether a policy's resource covers one. What a call can't name a resource for (`*` here) is covered by `*` alone, as the Service
 * Authorization Reference says of such actions.
 */
export function coversResource(pattern: string, resource: string): boolean {
  return pattern === '*' || isArnLike(pattern, resource);
}
