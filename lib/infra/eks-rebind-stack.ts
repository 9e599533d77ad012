import { Stack, type StackProps } from 'aws-cdk-lib';
import { Topic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { EksRebind } from './eks-rebind.ts';
import type { EksRebindProps } from './eks-rebind-props.ts';

/** How the stack is set: as the construct is, and as any stack. */
export interface EksRebindStackProps extends StackProps, EksRebindProps {
  /** An existing topic by its ARN, where there is no construct of it. @default `notificationTopic` */
  readonly notificationTopicArn?: string;
}

/** The service as a stack of its own. */
export class EksRebindStack extends Stack {
  readonly service: EksRebind;

  constructor(scope: Construct, id: string, { notificationTopicArn, ...props }: EksRebindStackProps) {
    // The template is of the service alone: nothing in it tells AWS what it was made with.
    super(scope, id, { analyticsReporting: false, ...props });
    const given =
      notificationTopicArn === undefined
        ? {}
        : { notificationTopic: Topic.fromTopicArn(this, 'GivenTopic', notificationTopicArn) };
    this.service = new EksRebind(this, 'EksRebind', { ...props, ...given });
  }
}
