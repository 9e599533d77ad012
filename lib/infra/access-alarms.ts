import { Duration } from 'aws-cdk-lib';
import { ComparisonOperator, Stats, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { AlarmPlan } from './alarm-plan.ts';
import { ourMetric } from './service-metrics.ts';
import type { Service } from './service.ts';

const ABOVE = ComparisonOperator.GREATER_THAN_THRESHOLD;

/** A swap takes a few seconds. After a minute somebody notices that they can't get in. */
const LONGEST_SWAP_SECONDS = 60;

/** A working day: an approval that nobody gave by then was overlooked. Half the wait where that is shorter. */
const LONGEST_WAIT = Duration.days(1);

// Each place that is swept records its own, within minutes of the others: the most counts. Until the next sweep it stands.
const ONE_SWEEP = Duration.hours(1);

/** Alarms on access that is broken, missing, or waits for somebody's word. */
export function accessAlarms({ functions }: Service, approvalTimeout: Duration): AlarmPlan[] {
  const wait = Math.min(LONGEST_WAIT.toSeconds(), approvalTimeout.toSeconds() / 2);
  const plans: AlarmPlan[] = [
    {
      stem: 'AccessEntryValidationErrors',
      meaning:
        'Access entries were seen that let nobody in: their role or user was made anew, or they are missing after a delete of ours. ' +
        'Most are being rebound as you read this; the notifications tell which were not, and why.',
      metric: ourMetric('AccessEntryValidationErrors'),
      threshold: 1,
    },
    // In report mode, too: what an earlier mode left deleted is nobody's else to tell of.
    {
      stem: 'OpenJournals',
      meaning: 'The last sweep found access entries that a rebind deleted and that are not back.',
      metric: ourMetric('OpenJournals', Stats.MAXIMUM, ONE_SWEEP),
      threshold: 1,
      missing: TreatMissingData.IGNORE,
    },
  ];
  // In report mode nothing is ever deleted; without approvers nobody is asked.
  if (functions.has('DeleteEntry')) {
    plans.push({
      stem: 'SecondsWithoutAccess',
      meaning: 'A rebind left an access entry missing for more than a minute between its delete and its create.',
      metric: ourMetric('SecondsWithoutAccess', Stats.MAXIMUM),
      threshold: LONGEST_SWAP_SECONDS,
      comparison: ABOVE,
    });
  }
  if (functions.has('AskForApproval')) {
    plans.push({
      stem: 'ApprovalsWaitTooLong',
      meaning: `A question has waited for an approver for more than ${hours(wait)} hours. It is asked until ${hours(approvalTimeout.toSeconds())} hours are over.`,
      metric: ourMetric('SecondsWaiting', Stats.MAXIMUM, ONE_SWEEP),
      threshold: wait,
      comparison: ABOVE,
      missing: TreatMissingData.IGNORE,
    });
  }
  return plans;
}

const hours = (seconds: number) => Math.round((seconds / 3600) * 10) / 10;
