import { deploymentOf } from '../../../../lib/local/cloudformation/deployment-of.ts';
import { ACCOUNT } from '../local-world.ts';

export const WHERE = { accountId: ACCOUNT, partition: 'aws', region: 'us-east-1', stackName: 'mine' };

/** Deploys these resources; each function answers its handler and its name. */
export const deployed = (Resources: object, others: object = {}) =>
  deploymentOf(
    { Resources, ...others },
    { ...WHERE, codeOf: (handler, name) => () => Promise.resolve(`${handler} of ${name}`) },
  );

/** What deploying these resources is refused with. */
export function refusalOf(Resources: object, others: object = {}): string {
  try {
    deployed(Resources, others);
    return 'it was not refused';
  } catch (error) {
    return error instanceof Error ? `${error.name}: ${error.message}` : 'no error at all';
  }
}

/** A role that a service may assume. */
export const roleOf = (service: string, properties: object = {}) => ({
  Type: 'AWS::IAM::Role',
  Properties: {
    AssumeRolePolicyDocument: {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: service } }],
    },
    ...properties,
  },
});

/** A function and its role. */
export const functionWithRole = (properties: object = {}) => ({
  Role: roleOf('lambda.amazonaws.com'),
  Look: {
    Type: 'AWS::Lambda::Function',
    Properties: {
      Handler: 'index.look',
      Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
      Code: { S3Bucket: 'assets', S3Key: 'look.zip' },
      Runtime: 'nodejs24.x',
      ...properties,
    },
  },
});

/** A policy document of one statement. */
export const policyOf = (statement: object) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 'eks:ListClusters', Resource: '*', ...statement }],
});
