import { createHash } from 'node:crypto';

/** A delay in milliseconds: fixed, or drawn evenly between two bounds. */
export type Delay = number | { readonly from: number; readonly to: number };

/** How late each reader of IAM sees a write. */
export interface ReadLag {
  /** GetRole, GetUser and the lists, whose replicas each have a delay of their own. @default 0 to 20 s */
  readonly getRole: Delay;
  /** EKS, one reader a region. @default 0 to 90 s */
  readonly eks: Delay;
  /** How long a replica shows the unique id in place of a new role's ARN. @default 0 to 10 s */
  readonly uniqueIdAsArn: Delay;
  /** Delays of single readers (`eks:eu-west-1`, `getrole:111122223333`), which win over the above. @default none */
  readonly readers: Readonly<Record<string, Delay>>;
}

// IAM propagation as people measured it: 2 to 4 s mostly, 10 to 30 s till a role is assumable, "to a minute rare"
// (terraform-provider-aws#6566, stratus-red-team PR#358). EKS stays below the two minutes at which Terraform gives up.
const defaults: ReadLag = {
  getRole: { from: 0, to: 20_000 },
  eks: { from: 0, to: 90_000 },
  uniqueIdAsArn: { from: 0, to: 10_000 },
  readers: {},
};

/** The default lag with some of its delays replaced. */
export const readLag = (given: Partial<ReadLag> = {}): ReadLag => ({ ...defaults, ...given });

/** IAM as if it were one database: every reader sees every write at once. */
export const noReadLag: ReadLag = { getRole: 0, eks: 0, uniqueIdAsArn: 0, readers: {} };

/** The delay with which one reader sees one write, settled by the number drawn at the write, whoever reads first. */
export function delayOf(delay: Delay, draw: number, reader: string): number {
  if (typeof delay === 'number') return delay;
  const share = createHash('sha256').update(`${draw} ${reader}`).digest().readUInt32BE(0) / 2 ** 32;
  return delay.from + share * (delay.to - delay.from);
}
