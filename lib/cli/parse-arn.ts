import { UsageError } from './io.ts';

/** The ARN of a role or user who may answer questions. */
export function parseApprover(text: string): string {
  if (/^arn:aws:iam::\d{12}:(role|user)\/[\w+=.@/-]+$/.test(text)) return text;
  throw new UsageError(
    `--approver takes the ARN of a role or user, such as arn:aws:iam::111122223333:user/grace, not '${text}'`,
  );
}
