import { AwsFault } from '../call.ts';

/** The parts of a role's or user's ARN. */
export interface PrincipalArn {
  readonly partition: string;
  readonly accountId: string;
  readonly kind: 'role' | 'user';
  readonly path: string;
  readonly name: string;
}

const roleOrUser = /^arn:(aws[a-z-]*):iam::(\d{12}):(role|user)(\/(?:.+\/)?)([\w+=,.@-]+)$/;

/** The parts of a role's or user's ARN, or nothing if it is no such ARN. */
export function readPrincipalArn(arn: string): PrincipalArn | undefined {
  const [, partition, accountId, kind, path, name] = roleOrUser.exec(arn) ?? [];
  if (!partition || !accountId || !kind || !path || !name) return undefined;
  return { partition, accountId, kind: kind === 'role' ? 'role' : 'user', path, name };
}

/** Whether the ARN is that of a service-linked role. */
function isServiceLinked({ kind, path }: PrincipalArn): boolean {
  return kind === 'role' && path.startsWith('/aws-service-role/');
}

/** Refuses what is not the ARN of a role or user: STS sessions, account roots, groups. */
export function principalOf(arn: string): PrincipalArn {
  const principal = readPrincipalArn(arn);
  if (principal) return principal;
  // Text: aws-samples/appmod-blueprints#319 (an STS session's ARN). Reads answer it too, though their model doesn't list it.
  throw new AwsFault('InvalidParameterException', 'The principalArn parameter format is not valid');
}

/** Refuses any change of a service-linked role's entry. */
export function changeablePrincipal(arn: string): PrincipalArn {
  const principal = principalOf(arn);
  if (!isServiceLinked(principal)) return principal;
  // Text: hashicorp/terraform-provider-aws#36447.
  throw new AwsFault(
    'InvalidParameterException',
    'The caller is not allowed to modify access entries with a principalArn value of a Service Linked Role',
  );
}
