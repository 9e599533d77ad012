import { AwsFault } from '../call.ts';
import { breaksConstraint } from './iam-fault.ts';

/** Refuses a name that IAM would: role names have up to 64 characters, others up to 128 (IAM user guide, "Name requirements"). */
export function checkName(name: string, member: 'roleName' | 'userName' | 'instanceProfileName' | 'policyName'): void {
  const longest = member === 'roleName' || member === 'userName' ? 64 : 128;
  if (name.length > longest) {
    throw breaksConstraint('Value', member, `Member must have length less than or equal to ${longest}`);
  }
  if (name === '') throw breaksConstraint('Value', member, 'Member must have length greater than or equal to 1');
  if (!/^[\w+=,.@-]+$/.test(name)) {
    const allowed = 'It must contain only alphanumeric characters and/or the following: +=,.@_-';
    throw new AwsFault('ValidationError', `The specified value for ${member} is invalid. ${allowed}`);
  }
}

/** Refuses a path that IAM would; `/` is the default. */
export function checkPath(path: string): void {
  if (path.length > 512) throw breaksConstraint('Value', 'path', 'Member must have length less than or equal to 512');
  if (!/^\/([\u0021-\u007e]+\/)?$/.test(path)) {
    const rule = 'It must begin and end with / and contain only alphanumeric characters and/or / characters.';
    throw new AwsFault('ValidationError', `The specified value for path is invalid. ${rule}`);
  }
}

/** Refuses a session duration out of bounds: an hour to twelve (IAM API reference, CreateRole). */
export function checkSessionDuration(seconds: number | undefined): void {
  if (seconds === undefined) return;
  const rule =
    seconds < 3600 ? 'greater than or equal to 3600' : seconds > 43_200 ? 'less than or equal to 43200' : undefined;
  if (rule) throw breaksConstraint(`Value '${seconds}'`, 'maxSessionDuration', `Member must have value ${rule}`);
}
