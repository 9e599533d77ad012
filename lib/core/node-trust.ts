/** Where the entry's cluster is: what AWS's templates fill in. */
export interface NodeTrustPlace {
  readonly partition: string;
  readonly accountId: string;
  readonly region: string;
  readonly clusterName: string;
}

/** Whether the trust policy is AWS's own for nodes of this type, conditions included. */
export function isNodeTemplate(_type: string, _trustPolicy: string | undefined, _place: NodeTrustPlace): boolean {
  return false;
}
