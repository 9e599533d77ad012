import { randomUuid } from '../seeded-random.ts';
import type { Random } from '../../runtime.ts';
import type { FinishedCall } from '../protocol/gateway.ts';
import { trailElements } from './trail-elements.ts';
import { userIdentity, type UserIdentity } from './user-identity.ts';
import type { Holder } from '../credentials.ts';

/** A record as CloudTrail writes it of a call that changes IAM (CloudTrail user guide, record contents). */
interface CloudTrailRecord {
  readonly eventVersion: string;
  readonly userIdentity: UserIdentity;
  readonly eventTime: string;
  readonly eventSource: 'iam.amazonaws.com';
  readonly eventName: string;
  readonly awsRegion: string;
  readonly sourceIPAddress: string;
  readonly userAgent: string;
  readonly errorCode?: string;
  readonly errorMessage?: string;
  readonly requestParameters: object | null;
  readonly responseElements: object | null;
  readonly requestID: string;
  readonly eventID: string;
  readonly readOnly: boolean;
  readonly eventType: 'AwsApiCall';
  readonly managementEvent: true;
  readonly recipientAccountId: string;
  readonly eventCategory: 'Management';
  readonly tlsDetails: {
    readonly tlsVersion: string;
    readonly cipherSuite: string;
    readonly clientProvidedHostHeader: string;
  };
}

// Where each partition's IAM events arise (the region that IAM signs for: botocore, data/endpoints.json), and IAM's host there.
const EVENT_REGION: Readonly<Record<string, readonly [region: string, host: string]>> = {
  'aws-cn': ['cn-north-1', 'iam.cn-north-1.amazonaws.com.cn'],
  'aws-us-gov': ['us-gov-west-1', 'iam.us-gov.amazonaws.com'],
};
const COMMERCIAL = ['us-east-1', 'iam.amazonaws.com'] as const;

/** Whether CloudTrail counts an operation as one that changes something. */
export const changesIam = (operation: string): boolean => !/^(Get|List|Simulate|Generate)/.test(operation);

// Codes that CloudTrail writes as they go over the wire; the others carry the SDK's class name, as in a record of Access
// Analyzer's GetRole, "errorCode": "NoSuchEntityException".
const isDenied = (code: string) => code === 'AccessDenied';

/** The record of a call, failed or not. What a denied call asked for is left out, as in published records of denied calls. */
export function cloudTrailRecord(
  { call, input, output, fault }: FinishedCall,
  holder: Holder | undefined,
  random: Random,
) {
  const { caller, now, operation } = call;
  const [awsRegion, host] = EVENT_REGION[caller.partition] ?? COMMERCIAL;
  const elements = output && trailElements(output);
  return {
    eventVersion: '1.09',
    userIdentity: userIdentity(caller, holder, now),
    eventTime: `${new Date(now).toISOString().slice(0, 19)}Z`,
    eventSource: 'iam.amazonaws.com',
    eventName: operation,
    awsRegion,
    // Reserved for documents: a caller from somewhere.
    sourceIPAddress: '192.0.2.10',
    userAgent: call.userAgent,
    ...(fault && { errorCode: fault.name, errorMessage: fault.message.slice(0, 1024) }),
    requestParameters: fault && isDenied(fault.name) ? null : trailElements(input),
    responseElements: elements && Object.keys(elements).length ? elements : null,
    requestID: call.requestId,
    eventID: randomUuid(random),
    readOnly: false,
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: caller.accountId,
    eventCategory: 'Management',
    tlsDetails: { tlsVersion: 'TLSv1.3', cipherSuite: 'TLS_AES_128_GCM_SHA256', clientProvidedHostHeader: host },
  } satisfies CloudTrailRecord;
}
