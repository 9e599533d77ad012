import type { PrincipalArn } from './principal-arn.ts';

/**
 * The username EKS gives an entry that was made without one (EKS user guide, set-custom-username). For `EC2` and
 * `HYPERPOD_LINUX` no source gives one: as nodes on EC2, `EC2` gets the EC2 template, HyperPod's the session's.
 */
export function defaultUsername(type: string, principal: PrincipalArn): string {
  const { partition, accountId, kind, path, name } = principal;
  switch (type) {
    case 'EC2':
    case 'EC2_LINUX':
    case 'EC2_WINDOWS':
      return 'system:node:{{EC2PrivateDNSName}}';
    case 'FARGATE_LINUX':
    case 'HYBRID_LINUX':
    case 'HYPERPOD_LINUX':
      return 'system:node:{{SessionName}}';
    default:
      return kind === 'user'
        ? `arn:${partition}:iam::${accountId}:user${path}${name}`
        : `arn:${partition}:sts::${accountId}:assumed-role/${name}/{{SessionName}}`;
  }
}

/**
 * The groups EKS shows of an entry that was made without any: `system:nodes` for nodes (aws-cli examples/eks/create-access-entry.rst
 * shows it of `EC2_LINUX`; that the other node types show the same is inferred).
 */
export function defaultGroups(type: string): readonly string[] {
  return type === 'STANDARD' ? [] : ['system:nodes'];
}
