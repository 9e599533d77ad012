import type { Target } from '@aws-sdk/client-eventbridge';
import type { Rule } from './bus-state.ts';
import type { BusEvent } from './event.ts';

/** The limit that ended the retries. */
export type ExhaustedRetries = 'MaximumRetryAttempts' | 'MaximumEventAgeInSeconds';

/** An event that a target was to get and never took. */
export interface DeadLetter {
  readonly at: number;
  readonly ruleArn: string;
  readonly targetArn: string;
  /** The dead-letter queue of the target. AWS drops the event where there is none; here it is kept all the same. */
  readonly queueArn?: string;
  readonly event: BusEvent;
  readonly attempts: number;
  /** The name of the last error. */
  readonly errorCode: string;
  readonly errorMessage: string;
  /** Absent for a failure that no retry could have mended. */
  readonly exhausted?: ExhaustedRetries;
}

/** The letter about an event's last failure. */
export function deadLetter(
  { event, rule, target }: { readonly event: BusEvent; readonly rule: Rule; readonly target: Target },
  error: unknown,
  more: Pick<DeadLetter, 'at' | 'attempts' | 'exhausted'>,
): DeadLetter {
  const { name, message } = error instanceof Error ? error : { name: 'Error', message: String(error) };
  return {
    ...more,
    ruleArn: rule.arn,
    targetArn: target.Arn ?? '',
    ...(target.DeadLetterConfig?.Arn && { queueArn: target.DeadLetterConfig.Arn }),
    event,
    errorCode: name,
    errorMessage: message,
  };
}

// The codes are those of the EventBridge user guide, "Using dead-letter queues" (eb-rule-dlq); which failure gets which is not said
// there, beyond the names.
const CODES: Readonly<Record<string, string>> = {
  AccessDenied: 'NO_PERMISSIONS',
  AccessDeniedException: 'NO_PERMISSIONS',
  AuthorizationErrorException: 'NO_PERMISSIONS',
  FailedToAssumeRole: 'FAILED_TO_ASSUME_ROLE',
  NotFoundException: 'NO_RESOURCE',
  ResourceNotFoundException: 'NO_RESOURCE',
  StateMachineDoesNotExist: 'NO_RESOURCE',
  SyntaxError: 'INVALID_JSON',
  InvalidExecutionInput: 'INVALID_JSON',
  ThrottlingException: 'THROTTLING',
  TooManyRequestsException: 'THROTTLING',
  InternalServerError: 'INTERNAL_ERROR',
  ServiceException: 'INTERNAL_ERROR',
};

/** The attributes of the message that tells of it in a queue (EventBridge user guide, eb-rule-dlq). */
export function deadLetterAttributes(letter: DeadLetter): Readonly<Record<string, string>> {
  return {
    RULE_ARN: letter.ruleArn,
    TARGET_ARN: letter.targetArn,
    ERROR_CODE: CODES[letter.errorCode] ?? 'ERROR_FROM_TARGET',
    ERROR_MESSAGE: letter.errorMessage,
    RETRY_ATTEMPTS: String(letter.attempts - 1),
    ...(letter.exhausted && { EXHAUSTED_RETRY_CONDITION: letter.exhausted }),
  };
}
