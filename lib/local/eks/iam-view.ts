/** What EKS knows of a principal: its life and its exact ARN. */
interface SeenPrincipal {
  readonly arn: string;
  readonly uniqueId: string;
}

/** IAM as EKS reads it: the truth for the oracle, and a delayed view for what a cluster's region sees. */
export interface IamView {
  find(accountId: string, kind: 'role' | 'user', name: string): SeenPrincipal | undefined;
  seenBy(reader: string, accountId: string, kind: 'role' | 'user', name: string): SeenPrincipal | undefined;
}

/** Who holds a key: what STS would say of it. */
export interface KeyHolder {
  readonly accountId: string;
  readonly kind: 'role' | 'user' | 'root';
  readonly name: string;
  readonly arn: string;
  readonly uniqueId: string;
  readonly sessionName?: string | undefined;
}

/** Keys, as the authenticator looks them up. */
export interface KeyHolders {
  holderOf(accessKeyId: string): KeyHolder | undefined;
}
