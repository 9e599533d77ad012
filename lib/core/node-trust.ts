import { isNodeType, type NodeType } from './entry-types.ts';
import type { TrustCondition } from './trust-conditions.ts';
import { parseTrustPolicy, type TrustGrant } from './trust-policy.ts';

/** Where the entry's cluster is: what AWS's templates fill in. */
export interface NodeTrustPlace {
  readonly partition: string;
  readonly accountId: string;
  readonly region: string;
  readonly clusterName: string;
}

/** What a template allows; the one source that all its grants name is taken from the policy, if it is of the right form. */
type Template = (place: NodeTrustPlace, sourceArn: string) => readonly TrustGrant[];

const allow = (service: string, action: string, ...conditions: TrustCondition[]): TrustGrant => ({
  effect: 'Allow',
  trusted: { kind: 'service', name: service },
  action,
  conditions,
});
const fromSource = (arn: string): TrustCondition => ['ArnEquals', 'aws:sourcearn', [arn]];

// EKS user guide, create-node-role and auto-create-node-role.
const ec2: Template = () => [allow('ec2.amazonaws.com', 'sts:assumerole')];

// EKS user guide, pod-execution-role: without the condition, pods of any cluster's profile get the role.
const fargate: Template = ({ partition, region, accountId, clusterName }) => {
  const profiles = `arn:${partition}:eks:${region}:${accountId}:fargateprofile/${clusterName}/*`;
  return [allow('eks-fargate-pods.amazonaws.com', 'sts:assumerole', fromSource(profiles))];
};

// EKS user guide, hybrid-nodes-creds, "AWS SSM hybrid activations".
const hybridBySsm: Template = ({ partition, region, accountId }) => {
  const source = fromSource(`arn:${partition}:ssm:${region}:${accountId}:*`);
  return [allow('ssm.amazonaws.com', 'sts:assumerole', source, ['StringEquals', 'aws:sourceaccount', [accountId]])];
};

// The same page, "IAM Roles Anywhere": any trust anchor of the account's own, and the session bears the certificate's name;
// without that, a node would pick its own.
const hybridByRolesAnywhere: Template = ({ partition, region, accountId }, sourceArn) => {
  const anchors = `arn:${partition}:rolesanywhere:${region}:${accountId}:trust-anchor/`;
  const isAnchor = sourceArn.startsWith(anchors) && /^[0-9a-f-]{36}$/.test(sourceArn.slice(anchors.length));
  if (!isAnchor) return [];
  const source = fromSource(sourceArn);
  const service = 'rolesanywhere.amazonaws.com';
  const certificateName: TrustCondition = [
    'StringEquals',
    'sts:rolesessionname',
    // oxlint-disable-next-line no-template-curly-in-string -- IAM's own variable
    ['${aws:PrincipalTag/x509Subject/CN}'],
  ];
  return [
    allow(service, 'sts:tagsession', source),
    allow(service, 'sts:setsourceidentity', source),
    allow(service, 'sts:assumerole', source, certificateName),
  ];
};

const TEMPLATES: Readonly<Record<NodeType, readonly Template[]>> = {
  EC2_LINUX: [ec2],
  EC2_WINDOWS: [ec2],
  EC2: [ec2],
  FARGATE_LINUX: [fargate],
  HYBRID_LINUX: [hybridBySsm, hybridByRolesAnywhere],
  // No guide of AWS's gives one.
  HYPERPOD_LINUX: [],
};

/** Whether the trust policy is AWS's own for nodes of this type, conditions included, and trusts nobody else. */
export function isNodeTemplate(type: string, trustPolicy: string | undefined, place: NodeTrustPlace): boolean {
  if (!isNodeType(type) || trustPolicy === undefined) return false;
  const policy = parseTrustPolicy(trustPolicy);
  // `${…}` is a variable only since 2012, which all of AWS's templates say.
  if ('unreadable' in policy || policy.version !== '2012-10-17') return false;
  const given = spelledOut(policy.grants);
  const sourceArn = policy.grants.flatMap(sourceArnsOf)[0] ?? '';
  return TEMPLATES[type].some((template) => spelledOut(template(place, sourceArn)) === given);
}

function sourceArnsOf({ conditions }: TrustGrant): string[] {
  return conditions.flatMap(([, key, values]) => (key === 'aws:sourcearn' ? values : []));
}

/** Equal for equal sets of grants. ArnEquals and ArnLike mean the same (IAM user guide, "ARN condition operators"). */
function spelledOut(grants: readonly TrustGrant[]): string {
  const lines = grants.map(({ effect, trusted, action, conditions }) => {
    const tests = conditions.map(([operator, ...test]) => [operator === 'ArnLike' ? 'ArnEquals' : operator, ...test]);
    return JSON.stringify([
      effect,
      trusted.kind,
      trusted.name,
      action,
      tests.map((test) => JSON.stringify(test)).toSorted(),
    ]);
  });
  return [...new Set(lines)].toSorted().join('\n');
}
