// The regions in which each partition signs and records IAM calls (botocore endpoints.json): cn-north-1, us-gov-west-1,
// us-iso-east-1, us-isob-east-1, us-isof-south-1, eu-isoe-west-1, eusc-de-east-1.
const PARTITIONS: readonly (readonly [prefix: string, partition: string])[] = [
  ['cn-', 'aws-cn'],
  ['us-gov-', 'aws-us-gov'],
  ['us-iso-', 'aws-iso'],
  ['us-isob-', 'aws-iso-b'],
  ['us-isof-', 'aws-iso-f'],
  ['eu-isoe-', 'aws-iso-e'],
  ['eusc-', 'aws-eusc'],
];

/** The partition a region belongs to; `aws` where its name says nothing else. */
export function partitionOf(region: string): string {
  return PARTITIONS.find(([prefix]) => region.startsWith(prefix))?.[1] ?? 'aws';
}
