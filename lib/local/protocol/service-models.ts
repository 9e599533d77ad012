import * as account from '@aws-sdk/client-account';
import * as dynamodb from '@aws-sdk/client-dynamodb';
import * as eks from '@aws-sdk/client-eks';
import * as events from '@aws-sdk/client-eventbridge';
import * as iam from '@aws-sdk/client-iam';
import * as lambda from '@aws-sdk/client-lambda';
import * as states from '@aws-sdk/client-sfn';
import * as sns from '@aws-sdk/client-sns';
import * as sqs from '@aws-sdk/client-sqs';
import * as sts from '@aws-sdk/client-sts';
import { serviceModel, type ServiceModel } from './service-model.ts';

const anyRegion = { region: 'us-east-1' };

const models: readonly ServiceModel[] = [
  serviceModel(account, new account.AccountClient(anyRegion).config),
  serviceModel(dynamodb, new dynamodb.DynamoDBClient(anyRegion).config),
  serviceModel(eks, new eks.EKSClient(anyRegion).config),
  serviceModel(events, new events.EventBridgeClient(anyRegion).config),
  serviceModel(iam, new iam.IAMClient(anyRegion).config),
  serviceModel(lambda, new lambda.LambdaClient(anyRegion).config),
  serviceModel(states, new states.SFNClient(anyRegion).config),
  serviceModel(sns, new sns.SNSClient(anyRegion).config),
  serviceModel(sqs, new sqs.SQSClient(anyRegion).config),
  serviceModel(sts, new sts.STSClient(anyRegion).config),
];

/** The wire contracts of every service that can be emulated, by signing name. */
export const serviceModels: ReadonlyMap<string, ServiceModel> = new Map(
  models.map((model) => [model.signingName, model]),
);
