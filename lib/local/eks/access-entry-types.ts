import { AwsFault } from '../call.ts';
import type { Cluster } from './cluster.ts';
import type { PrincipalArn } from './principal-arn.ts';

/** The types of access entries (EKS API reference, CreateAccessEntry; `HYPERPOD_LINUX` since 2025). */
const ENTRY_TYPES = ['EC2_LINUX', 'EC2_WINDOWS', 'FARGATE_LINUX', 'STANDARD', 'EC2', 'HYBRID_LINUX', 'HYPERPOD_LINUX'];

// The list in AWS's own words, for each of which the two refusals below were measured (cdk-preflight, 2026-09).
// `HYPERPOD_LINUX` is a node type too and is held to the same rule here; no source says that it is.
const NODE_TYPES = '[EC2_LINUX, EC2_WINDOWS, FARGATE_LINUX, HYBRID_LINUX, EC2]';

/** Types that access policies can be associated with. */
const TYPES_WITH_POLICIES = ['STANDARD', 'EC2'];

const invalid = (message: string) => new AwsFault('InvalidParameterException', message);

/** Refuses a type that EKS doesn't know. */
export function checkType(type: string): void {
  if (ENTRY_TYPES.includes(type)) return;
  // Wording of aws-cdk#31146, from when there were four types.
  throw invalid(`AccessEntry type must be one of [${ENTRY_TYPES.join(', ')}]`);
}

/** Nodes' entries name a role of the cluster's own account; `STANDARD` ones anybody. */
export function checkPrincipalForType(type: string, principal: PrincipalArn, accountId: string): void {
  if (type === 'STANDARD') return;
  if (principal.kind !== 'role') {
    throw invalid(`AccessEntry principalArn must be IAM role when using types ${NODE_TYPES}`);
  }
  if (principal.accountId !== accountId) {
    throw invalid(
      `AccessEntry principalArn must be from the same account as the cluster when using types ${NODE_TYPES}`,
    );
  }
}

/**
 * Refuses policies for node types. Measured for `EC2_LINUX` and `EC2_WINDOWS` (cdk-preflight; aws-controllers-k8s/community#2144);
 * said of `HYBRID_LINUX` by the user guide and of `HYPERPOD_LINUX` by aws-cdk-lib. For `FARGATE_LINUX` no source says: refused.
 */
export function checkTakesPolicies(type: string): void {
  if (!TYPES_WITH_POLICIES.includes(type)) throw onlyStandard();
}

/** What EKS says when an operation is for people's entries only. */
export const onlyStandard = (): AwsFault =>
  invalid('This operation can only be performed on Access Entries with a type of "STANDARD".');

/** The authentication modes that have access entries. */
export function checkHasEntries({ authenticationMode, name }: Cluster): void {
  if (authenticationMode !== 'CONFIG_MAP') return;
  // Text: terraform-aws-eks-blueprints#1877; DescribeAccessEntry too: upbound/configuration-aws-eks#122.
  throw new AwsFault(
    'InvalidRequestException',
    "The cluster's authentication mode must be set to one of [API, API_AND_CONFIG_MAP] to perform this operation.",
    { clusterName: name },
  );
}
