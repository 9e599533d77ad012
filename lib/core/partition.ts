// The region in which each partition signs and records IAM calls (botocore endpoints.json; for `aws` the CloudTrail user guide).
const PARTITIONS: readonly (readonly [prefix: string, partition: string, iamEventRegion: string])[] = [
  ['cn-', 'aws-cn', 'cn-north-1'],
  ['us-gov-', 'aws-us-gov', 'us-gov-west-1'],
  ['us-iso-', 'aws-iso', 'us-iso-east-1'],
  ['us-isob-', 'aws-iso-b', 'us-isob-east-1'],
  ['us-isof-', 'aws-iso-f', 'us-isof-south-1'],
  ['eu-isoe-', 'aws-iso-e', 'eu-isoe-west-1'],
  ['eusc-', 'aws-eusc', 'eusc-de-east-1'],
];

/** The partition a region belongs to; `aws` where its name says nothing else. */
export function partitionOf(region: string): string {
  return PARTITIONS.find(([prefix]) => region.startsWith(prefix))?.[1] ?? 'aws';
}

/** The region where IAM's events arise, for the partition that a region belongs to. */
export function iamEventRegion(region: string): string {
  return PARTITIONS.find(([prefix]) => region.startsWith(prefix))?.[2] ?? 'us-east-1';
}
