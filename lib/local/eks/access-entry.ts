import type { AccessEntry as AccessEntryAnswer, AssociatedAccessPolicy } from '@aws-sdk/client-eks';

/** Names one access entry, in any account and region. */
export interface EntryRef {
  readonly accountId: string;
  readonly region: string;
  readonly clusterName: string;
  readonly principalArn: string;
}

/** Where an access policy holds: in the whole cluster, or in namespaces. */
export interface Scope {
  readonly type: 'cluster' | 'namespace';
  readonly namespaces: readonly string[];
}

/** An access policy on an entry. */
export interface PolicyAssociation {
  readonly policyArn: string;
  readonly scope: Scope;
  readonly associatedAt: number;
  readonly modifiedAt: number;
}

/** Who an entry lets its principal be in Kubernetes, from a moment on. */
interface Mapping {
  readonly from: number;
  readonly username: string;
  readonly kubernetesGroups: readonly string[];
}

/** An access entry, with what no API of EKS ever shows. */
export interface AccessEntry {
  readonly ref: EntryRef;
  readonly arn: string;
  readonly type: string;
  /** Its place in lists. */
  readonly sequence: number;
  /** The unique id (`AROA…`) that the principal had, as EKS saw it, when the entry was made. Hidden: in no answer. */
  readonly boundId: string;
  readonly createdAt: number;
  readonly modifiedAt: number;
  /** From when AssociateAccessPolicy finds it. */
  readonly associableFrom: number;
  readonly username: string;
  readonly kubernetesGroups: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
  readonly policies: readonly PolicyAssociation[];
  /** What the authenticator knows, oldest first: a change counts only from its own moment on. */
  readonly mappings: readonly Mapping[];
}

/** The entry as EKS answers it. */
export function entryAnswer(entry: AccessEntry): AccessEntryAnswer {
  return {
    clusterName: entry.ref.clusterName,
    principalArn: entry.ref.principalArn,
    kubernetesGroups: [...entry.kubernetesGroups],
    accessEntryArn: entry.arn,
    createdAt: new Date(entry.createdAt),
    modifiedAt: new Date(entry.modifiedAt),
    tags: { ...entry.tags },
    username: entry.username,
    type: entry.type,
  };
}

/** A policy of an entry as EKS answers it. */
export function policyAnswer(policy: PolicyAssociation): AssociatedAccessPolicy {
  return {
    policyArn: policy.policyArn,
    accessScope: { type: policy.scope.type, namespaces: [...policy.scope.namespaces] },
    associatedAt: new Date(policy.associatedAt),
    modifiedAt: new Date(policy.modifiedAt),
  };
}
