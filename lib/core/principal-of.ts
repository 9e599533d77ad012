import { InvalidInput } from './errors.ts';
import { parsePrincipalArn } from './principal.ts';
import type { EntryRef, Principal } from './shapes.ts';

/** The role or user that an entry names. */
export function principalOf({ principalArn }: EntryRef): Principal {
  const named = parsePrincipalArn(principalArn);
  if (!named) throw new InvalidInput(`'${principalArn}' is not the ARN of an IAM role or user`);
  const { partition, accountId, kind, name } = named;
  return { partition, accountId, kind, name };
}
