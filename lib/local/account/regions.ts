// AWS's regions (AWS General Reference, "AWS Regions", November 2026). Those that need no opting in were there before 20 March 2019.
const BY_DEFAULT: Readonly<Record<string, readonly string[]>> = {
  aws: [
    'ap-northeast-1',
    'ap-northeast-2',
    'ap-northeast-3',
    'ap-south-1',
    'ap-southeast-1',
    'ap-southeast-2',
    'ca-central-1',
    'eu-central-1',
    'eu-north-1',
    'eu-west-1',
    'eu-west-2',
    'eu-west-3',
    'sa-east-1',
    'us-east-1',
    'us-east-2',
    'us-west-1',
    'us-west-2',
  ],
  'aws-cn': ['cn-north-1', 'cn-northwest-1'],
  'aws-us-gov': ['us-gov-east-1', 'us-gov-west-1'],
};

/** A few of those that an account has to opt in to, which none of these accounts has. */
const OPT_IN: Readonly<Record<string, readonly string[]>> = {
  aws: ['af-south-1', 'ap-east-1', 'eu-south-1', 'me-south-1'],
};

/** A region as an account sees it. */
interface AccountRegion {
  readonly name: string;
  readonly status: 'ENABLED_BY_DEFAULT' | 'DISABLED';
}

/** The regions of a partition, by name. */
export function regionsOf(partition: string): AccountRegion[] {
  const as = (status: AccountRegion['status'], names: readonly string[] = []) =>
    names.map((name) => ({ name, status }));
  const all = [...as('ENABLED_BY_DEFAULT', BY_DEFAULT[partition]), ...as('DISABLED', OPT_IN[partition])];
  return all.toSorted((one, other) => (one.name < other.name ? -1 : 1));
}
