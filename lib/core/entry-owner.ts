/** What may have made an access entry or its principal. */
export type OwnerTool =
  | 'eksctl'
  | 'CloudFormation'
  | 'ACK'
  | 'Crossplane'
  | 'EKS'
  | 'Terraform'
  | 'Pulumi'
  | 'IAM Identity Center';

/** Who made an entry or its principal, and what says so. */
export interface EntryOwner {
  readonly tool: OwnerTool;
  /** What the sign is on: only a sign on the entry tells who made the entry. */
  readonly of: 'entry' | 'principal';
  readonly evidence: Readonly<Record<string, string>>;
}

/** What tells who made an entry. */
export interface OwnerSigns {
  /** All tags of the entry, those that only AWS writes among them. */
  readonly entryTags: Readonly<Record<string, string>>;
  readonly principalTags: Readonly<Record<string, string>>;
  readonly principalArn: string;
}

interface TagSign {
  readonly tool: OwnerTool;
  readonly says: (key: string, value: string) => boolean;
}

const keyIn = (...keys: readonly string[]) => {
  return (key: string) => keys.includes(key);
};

// What people write by convention, whatever the separators: managed-by, ManagedBy, created_by, …
const CONVENTIONS = ['managedby', 'createdby', 'provisionedby', 'provisioner'];
const byConvention = (...values: readonly string[]) => {
  return (key: string, value: string) =>
    CONVENTIONS.includes(key.toLowerCase().replaceAll(/[-_ ]/g, '')) && values.includes(value.toLowerCase());
};

/**
 * The tags that tell, the first that is there counts. Keys and values are compared whole: a value that only looks alike tells
 * nothing. What eksctl makes, it makes through a stack, so that its own tags come before CloudFormation's.
 */
const TAG_SIGNS: readonly TagSign[] = [
  // eksctl, pkg/apis/eksctl.io/v1alpha5/types.go: tags of everything in its stacks.
  {
    tool: 'eksctl',
    says: keyIn(
      'alpha.eksctl.io/cluster-name',
      'alpha.eksctl.io/nodegroup-name',
      'alpha.eksctl.io/eksctl-version',
      'eksctl.cluster.k8s.io/v1alpha1/cluster-name',
    ),
  },
  // CloudFormation template reference, "CloudFormation resource tagging"; the prefix `aws:` in any case is AWS's own.
  {
    tool: 'CloudFormation',
    says: (key) => /^aws:cloudformation:(?:stack-name|stack-id|logical-id)$/i.test(key),
  },
  // ACK documentation, "Managing Tags on your AWS Resources"; EKS user guide, ACK as a capability, "Resource tagging".
  {
    tool: 'ACK',
    says: keyIn(
      'services.k8s.aws/controller-version',
      'services.k8s.aws/namespace',
      'eks:controller-version',
      'eks:eks-capability-arn',
    ),
  },
  // crossplane-runtime, pkg/resource/resource.go, ExternalResourceTagKey….
  { tool: 'Crossplane', says: keyIn('crossplane-kind', 'crossplane-name', 'crossplane-providerconfig') },
  // The managed policy AmazonEKSServiceRolePolicy lets EKS write entries with aws:eks:managed; nobody else may write such a tag.
  { tool: 'EKS', says: (key) => /^aws:eks:./i.test(key) },
  // Terraform, OpenTofu and Pulumi add no tag of their own (their AWS providers' `default_tags`, `defaultTags`): conventions only.
  { tool: 'Terraform', says: byConvention('terraform', 'opentofu') },
  { tool: 'Terraform', says: (key, value) => key.toLowerCase() === 'terraform' && value.toLowerCase() === 'true' },
  { tool: 'Pulumi', says: byConvention('pulumi') },
  { tool: 'Pulumi', says: keyIn('pulumi:project', 'pulumi:stack') },
  { tool: 'CloudFormation', says: byConvention('cloudformation', 'cdk', 'aws-cdk') },
  { tool: 'eksctl', says: byConvention('eksctl') },
  { tool: 'Crossplane', says: byConvention('crossplane') },
  { tool: 'ACK', says: byConvention('ack') },
];

const NAME_SIGNS: readonly { readonly tool: OwnerTool; readonly pattern: RegExp }[] = [
  // IAM Identity Center user guide, "Referencing permission sets in resource policies": nobody else may write this path.
  {
    tool: 'IAM Identity Center',
    pattern: /:role\/aws-reserved\/sso\.amazonaws\.com\/(?:[^/]+\/)?AWSReservedSSO_[\w+=,.@-]+_[0-9a-f]{16}$/,
  },
  // eksctl, pkg/cfn/builder/iam.go: the logical id in the stack eksctl-CLUSTER-nodegroup-NAME, with CloudFormation's suffix.
  { tool: 'eksctl', pattern: /[:/]eksctl-[\w-]+-nodegroup-[\w-]*NodeInstanceRole-\w+$/ },
];

function bySign(of: EntryOwner['of'], tags: Readonly<Record<string, string>>): EntryOwner | undefined {
  for (const { tool, says } of TAG_SIGNS) {
    const found = Object.entries(tags).find(([key, value]) => says(key, value));
    if (found) return { tool, of, evidence: { tag: found[0], value: found[1] } };
  }
  return undefined;
}

/** Who made an entry, as far as its tags tell; else who made its principal, as far as tags and name tell. */
export function ownerOf({ entryTags, principalTags, principalArn }: OwnerSigns): EntryOwner | undefined {
  const named = NAME_SIGNS.find(({ pattern }) => pattern.test(principalArn));
  return (
    bySign('entry', entryTags) ??
    bySign('principal', principalTags) ??
    (named && { tool: named.tool, of: 'principal', evidence: { principalArn } })
  );
}

// Those that delete and make an entry as one change of theirs. eksctl and EKS leave an entry that stands as it is.
const MAKE_ANEW: readonly OwnerTool[] = ['CloudFormation', 'ACK', 'Crossplane', 'Terraform', 'Pulumi'];

/** How young the principal is, and how old it must be before what its entry's owner may be about to do counts as not coming. */
export interface OwnerGrace {
  readonly createdAt: string;
  readonly now: string;
  readonly graceSeconds: number;
}

/** For how many seconds an entry is still left to its owner, who may be about to make it anew; 0: no longer, or not at all. */
export function secondsLeftToOwner(
  owner: EntryOwner | undefined,
  { createdAt, now, graceSeconds }: OwnerGrace,
): number {
  if (owner?.of !== 'entry' || !MAKE_ANEW.includes(owner.tool)) return 0;
  const age = (Date.parse(now) - Date.parse(createdAt)) / 1000;
  return Math.max(0, Math.ceil(graceSeconds - Math.max(0, age)));
}
