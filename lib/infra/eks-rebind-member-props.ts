import type { IAlarmAction } from 'aws-cdk-lib/aws-cloudwatch';
import type { EksRebindProps } from './eks-rebind-props.ts';

/** How an `EksRebindMember` is set. What the hub has as well must be given alike in both. */
export interface EksRebindMemberProps extends Pick<EksRebindProps, 'regions' | 'mode' | 'externalId' | 'namePrefix'> {
  /** What the alarm on undelivered events does beside changing colour. @default nothing */
  readonly alarmActions?: readonly IAlarmAction[];
  /** The account that the service, `EksRebind`, runs in. */
  readonly hubAccountId: string;
  /** Whether entries of cluster-wide administrators may be made again here: needed where the hub has approvers, or `adminEntries: 'rebind'`. @default false */
  readonly allowAdminEntries?: boolean;
}
