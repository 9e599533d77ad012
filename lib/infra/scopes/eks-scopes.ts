import { ADMIN_POLICY, CLUSTER_ADMIN_POLICY, SERVICE_ONLY_POLICIES } from '../../core/access-policies.ts';
import { KNOWN_TYPES } from '../../core/entry-types.ts';
import { OWN_PATH } from '../../core/guard-rules.ts';
import type { Conditions, DeployedIn, Scope, ScopesOf } from '../action-scopes.ts';
import { allBut, only } from './only.ts';

const inRegions = ({ partition, accountId, regions }: DeployedIn, resource: string): string[] =>
  regions.map((region) => `arn:${partition}:eks:${region}:${accountId}:${resource}`);

const clusters: ScopesOf = (where) => [{ resources: inRegions(where, 'cluster/*') }];

// access-entry/CLUSTER/role|user/ACCOUNT/NAME/UUID. Whether NAME holds the path of a role is documented nowhere, so that our
// own roles can't be left out by it; the guard's first rule does.
const entries: ScopesOf = (where) => [{ resources: inRegions(where, 'access-entry/*') }];

// Without resource types of its own (Service Authorization Reference): it takes '*' or nothing.
const anywhere: ScopesOf = () => [{ resources: ['*'] }];

const policyArns = ({ partition }: DeployedIn, names: readonly string[]) =>
  names.map((name) => `arn:${partition}:eks::aws:cluster-access-policy/${name}`);

/** Steps that may make an entry an administrator's: after an approval, or under `adminEntries: 'rebind'`. */
const ADMIN_STEPS: readonly string[] = ['PreflightAdmin', 'AssociateAdminPolicies'];

// What `isClusterAdmin` takes for every namespace. It knows names of more stars as well: those are the guard's to stop.
const EVERY_NAMESPACE = ['*', '**'];

/**
 * Access policies of AWS's own but those that only EKS may associate, and for all but the admin pair none that makes an
 * administrator of the cluster. The statements follow `isClusterAdmin` in lib/core/access-policies.ts.
 */
const policies: ScopesOf = (where, stepName) => {
  const resources = inRegions(where, 'access-entry/*');
  const any = { ArnLike: { 'eks:policyArn': policyArns(where, ['*']) } };
  const except = (names: readonly string[]): Conditions => ({
    ...any,
    ArnNotLike: { 'eks:policyArn': policyArns(where, names) },
  });
  if (ADMIN_STEPS.includes(stepName)) return [{ resources, conditions: except(SERVICE_ONLY_POLICIES) }];
  return [
    { resources, conditions: except([...SERVICE_ONLY_POLICIES, CLUSTER_ADMIN_POLICY, ADMIN_POLICY]) },
    {
      resources,
      conditions: {
        ArnLike: { 'eks:policyArn': policyArns(where, [ADMIN_POLICY]) },
        StringEquals: { 'eks:accessScope': 'namespace' },
        'ForAllValues:StringNotEquals': { 'eks:namespaces': EVERY_NAMESPACE },
      },
    },
  ];
};

/**
 * Entries of types whose rules are known, without groups of Kubernetes' own, for principals of the accounts that are looked after,
 * and never for roles of ours or of AWS's services.
 */
const newEntries: ScopesOf = (where) => {
  const { partition, principalAccounts } = where;
  const scope: Scope = {
    resources: inRegions(where, 'cluster/*'),
    conditions: {
      StringEquals: { 'eks:accessEntryType': KNOWN_TYPES },
      'ForAllValues:StringNotLike': { 'eks:kubernetesGroups': 'system:*' },
      ArnLike: { 'eks:principalArn': principalAccounts.map((accountId) => `arn:${partition}:iam::${accountId}:*`) },
      ArnNotLike: {
        'eks:principalArn': [OWN_PATH, '/aws-service-role/'].map((path) => `arn:${partition}:iam::*:role${path}*`),
      },
    },
  };
  return [scope];
};

const ORPHAN_STEPS: readonly string[] = ['FollowUpOrphan', 'SweepRegion'];

/** For those who follow up orphans only where the owner wants these removed without being asked. */
const deletion: ScopesOf = (where, stepName) => {
  const removes = where.orphans === 'remove' && where.mode === 'rebind';
  return ORPHAN_STEPS.includes(stepName) && !removes ? [] : entries(where, stepName);
};

// Steps that look for entries, and those among them that take what they find on faith: others look at each.
const SEARCHERS = ['FindEntries', 'FindMissedEntries', 'SweepRegion'];
const FINDERS = ['FindEntries', 'FindMissedEntries'];

/** EKS: nothing but reads, and the four calls that a rebind is made of. */
export const EKS_SCOPES: Readonly<Record<string, ScopesOf>> = {
  'eks:ListClusters': only(SEARCHERS, anywhere),
  'eks:DescribeCluster': clusters,
  'eks:ListAccessEntries': only(SEARCHERS, clusters),
  'eks:DescribeAccessEntry': allBut(FINDERS, entries),
  'eks:ListAssociatedAccessPolicies': allBut([...FINDERS, 'StartRebinds'], entries),
  'eks:CreateAccessEntry': newEntries,
  'eks:DeleteAccessEntry': deletion,
  'eks:AssociateAccessPolicy': policies,
  // Tags are given while an entry is made, whose ARN nobody knows yet.
  'eks:TagResource': entries,
};
