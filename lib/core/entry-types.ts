// EKS API reference, CreateAccessEntry, `type`. The list grows: what isn't here is never touched.
const NODE_TYPES = ['EC2_LINUX', 'EC2_WINDOWS', 'EC2', 'FARGATE_LINUX', 'HYBRID_LINUX', 'HYPERPOD_LINUX'] as const;

/** Every type of which it is known what an entry may hold. */
export const KNOWN_TYPES: readonly string[] = ['STANDARD', ...NODE_TYPES];

/** A type of access entry whose username and groups EKS makes itself and refuses on input. */
export type NodeType = (typeof NODE_TYPES)[number];

/** Whether nodes join with entries of this type. */
export function isNodeType(type: string): type is NodeType {
  return (NODE_TYPES as readonly string[]).includes(type);
}

/** Whether it is known what an entry of this type may hold. */
export function isKnownType(type: string): boolean {
  return KNOWN_TYPES.includes(type);
}
