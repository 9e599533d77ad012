import type { EntrySeed } from '../../local/eks/world.ts';
import type { IamPrincipal } from '../../local/iam/iam-state.ts';
import { uniqueId } from '../../local/iam/unique-id.ts';
import type { Random } from '../../runtime.ts';
import { accessPolicy, onlyIn, trusting, wholeCluster, type WorldPlan } from '../stage/world-plan.ts';

// AWS's documentation keeps this account id for examples.
const accountId = '111122223333';
const partition = 'aws';
const [home, abroad] = ['us-east-1', 'eu-central-1'];
const DAY_MS = 86_400_000;

const policy = (name: string) => accessPolicy(partition, name);
const roleArn = (path: string, name: string) => `arn:${partition}:iam::${accountId}:role${path}${name}`;
const byAccount = trusting({ AWS: `arn:${partition}:iam::${accountId}:root` });

/** A role of the story: which it is, who may assume it. */
export interface StoryRole {
  readonly name: string;
  readonly path: string;
  readonly arn: string;
  readonly trustPolicy: string;
}

const role = (path: string, name: string, trustPolicy: string): StoryRole => {
  return { name, path, arn: roleArn(path, name), trustPolicy };
};

/** The story's roles. All but the last are deleted and made again. */
export const STORY_ROLES = {
  nodes: role('/', 'eks-nodes', trusting({ Service: 'ec2.amazonaws.com' })),
  people: role('/team/platform/', 'platform-engineers', byAccount),
  admins: role('/', 'cluster-admins', byAccount),
  healthy: role('/', 'ci-deployer', byAccount),
} as const;

/** The people of the story, as IAM users: Terraform's own key among them. */
export const STORY_USERS = {
  terraform: 'terraform',
  person: 'ada',
  colleague: 'grace',
  administrator: 'administrator',
} as const;

const userArn = (name: string) => `arn:${partition}:iam::${accountId}:user/${name}`;

/** Who may answer questions: Terraform's own user, who makes the roles, and a colleague, who doesn't. */
export const STORY_APPROVERS = {
  maker: { name: 'Terraform', arn: userArn(STORY_USERS.terraform) },
  colleague: { name: STORY_USERS.colleague, arn: userArn(STORY_USERS.colleague) },
} as const;

/** The cluster in which CreateAccessEntry fails. */
export const TROUBLED_CLUSTER = { region: home, clusterName: 'batch' } as const;

/** Two regions, three clusters, two of one name, one of them in mixed mode with an empty `aws-auth`. */
const clusters = [
  { accountId, region: abroad, name: 'platform' },
  { accountId, region: home, name: 'platform', authenticationMode: 'API_AND_CONFIG_MAP', awsAuth: [] },
  { accountId, region: home, name: 'batch' },
] as const;

const nodeEntries: EntrySeed[] = clusters.map(({ region, name }) => ({
  accountId,
  region,
  clusterName: name,
  principalArn: STORY_ROLES.nodes.arn,
  type: 'EC2_LINUX',
  tags: { 'managed-by': 'terraform' },
}));

/** Managed node groups whose nodes have the role. */
const nodegroups = clusters.flatMap(({ region, name: clusterName }) =>
  ['system', 'workers'].map((name) => {
    return { accountId, region, clusterName, name: `${clusterName}-${name}`, nodeRoleArn: STORY_ROLES.nodes.arn };
  }),
);

const peopleEntries: EntrySeed[] = [abroad, home].map((region) => ({
  accountId,
  region,
  clusterName: 'platform',
  principalArn: STORY_ROLES.people.arn,
  type: 'STANDARD',
  username: 'engineer:{{SessionName}}',
  kubernetesGroups: ['platform:engineers', 'platform:on-call'],
  tags: { team: 'platform', 'cost-center': '4711' },
  policies: [
    { policyArn: policy('AmazonEKSViewPolicy'), scope: wholeCluster },
    { policyArn: policy('AmazonEKSEditPolicy'), scope: onlyIn('checkout', 'payments') },
  ],
}));

const otherEntries: EntrySeed[] = [
  {
    accountId,
    region: home,
    clusterName: 'platform',
    principalArn: STORY_ROLES.admins.arn,
    type: 'STANDARD',
    policies: [{ policyArn: policy('AmazonEKSClusterAdminPolicy'), scope: wholeCluster }],
  },
  {
    accountId,
    region: abroad,
    clusterName: 'platform',
    principalArn: STORY_ROLES.healthy.arn,
    type: 'STANDARD',
    kubernetesGroups: ['deployers'],
    policies: [{ policyArn: policy('AmazonEKSEditPolicy'), scope: onlyIn('checkout') }],
  },
];

/** The world of `eks-rebind demo` and `eks-rebind local`, as it stands at `now`: everything in it is older than a day. */
export function storyWorld(now: number, random: Random): WorldPlan {
  const madeAt = Math.floor((now - 90 * DAY_MS) / 1000) * 1000;
  const common = { partition, accountId, createDate: madeAt, tags: {} } as const;
  const roles = Object.values(STORY_ROLES).map((one): IamPrincipal => {
    return { ...common, ...one, kind: 'role', uniqueId: uniqueId('AROA', random) };
  });
  const users = Object.values(STORY_USERS).map((name): IamPrincipal => {
    return { ...common, kind: 'user', name, path: '/', arn: userArn(name), uniqueId: uniqueId('AIDA', random) };
  });
  return {
    partition,
    accountId,
    homeRegion: home,
    regions: [home, abroad],
    principals: [...roles, ...users],
    clusters: clusters.map((cluster) => ({ ...cluster, partition, createdAt: madeAt })),
    entries: [...nodeEntries, ...peopleEntries, ...otherEntries].map((entry) => {
      return { ...entry, createdAt: madeAt + DAY_MS };
    }),
    nodegroups,
  };
}
