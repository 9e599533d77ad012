import type { BusEvent } from './event.ts';

/** A CloudTrail record, as far as the bus reads it. */
export interface CloudTrailRecord {
  readonly eventSource: string;
  readonly eventName: string;
  readonly eventTime: string;
  readonly awsRegion: string;
  readonly recipientAccountId: string;
  readonly readOnly?: boolean;
}

const DETAIL_TYPE = 'AWS API Call via CloudTrail';

/** The event that EventBridge makes of a CloudTrail record. */
export function cloudTrailEvent(record: CloudTrailRecord, id: string): BusEvent {
  const [service = ''] = record.eventSource.split('.');
  return {
    version: '0',
    id,
    'detail-type': DETAIL_TYPE,
    source: `aws.${service}`,
    account: record.recipientAccountId,
    time: record.eventTime,
    region: record.awsRegion,
    resources: [],
    detail: { ...record },
  };
}

/**
 * Whether an event tells of a call that only reads. Rules get those only in the state `ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS`
 * (EventBridge user guide, eb-service-event-cloudtrail-management).
 */
export function isReadOnlyCall(event: BusEvent): boolean {
  return event['detail-type'] === DETAIL_TYPE && event.detail['readOnly'] === true;
}
