import { parsePrincipalArn, parseSessionArn, principalKey } from './principal.ts';

/** Whether two ARNs are of the same user or role: every session of a role is the role, whatever path or case it is written in. */
export function isSamePerson(one: string, other: string): boolean {
  return personKey(one) === personKey(other);
}

function personKey(arn: string): string {
  const named = parsePrincipalArn(arn) ?? parseSessionArn(arn);
  return named ? `${named.partition}/${principalKey(named)}` : arn;
}
