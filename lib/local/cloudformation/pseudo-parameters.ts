import { noValue } from './intrinsics.ts';

/** Where a template is deployed. */
export interface DeployedWhere {
  readonly accountId: string;
  readonly partition: string;
  readonly region: string;
  /** What names that the template leaves open begin with. @default 'eks-rebind' */
  readonly stackName?: string;
}

const URL_SUFFIXES: Readonly<Record<string, string>> = {
  aws: 'amazonaws.com',
  'aws-us-gov': 'amazonaws.com',
  'aws-cn': 'amazonaws.com.cn',
  'aws-eusc': 'amazonaws.eu',
  'aws-iso': 'c2s.ic.gov',
  'aws-iso-b': 'sc2s.sgov.gov',
};

/** The domain of a partition's service endpoints, for the partitions whose domain is known here. */
export const urlSuffixOf = (partition: string): string | undefined => URL_SUFFIXES[partition];

/** The stack's name. */
export const stackNameOf = ({ stackName = 'eks-rebind' }: DeployedWhere): string => stackName;

/** What `Ref` gives for pseudo parameters (CloudFormation user guide, "Pseudo parameters reference"). */
export function pseudoParameters(where: DeployedWhere): ReadonlyMap<string, unknown> {
  const urlSuffix = urlSuffixOf(where.partition);
  return new Map<string, unknown>([
    ['AWS::AccountId', where.accountId],
    ['AWS::NoValue', noValue],
    ['AWS::Partition', where.partition],
    ['AWS::Region', where.region],
    ['AWS::StackName', stackNameOf(where)],
    ...(urlSuffix === undefined ? [] : [['AWS::URLSuffix', urlSuffix] as const]),
  ]);
}
