import { AwsFault } from '../call.ts';

// White space, brackets, wildcards, special and control characters (client-sfn, StartExecution `name`).
// oxlint-disable-next-line no-control-regex -- control characters are what it is about
const illegal = /[\s<>{}[\]?*"#%\\^|~`$&,;:/\u0000-\u001f\u007f-\u009f\ud800-\udfff\ufffe\uffff]/;

/** Throws `InvalidName` unless the text may name a state machine or an execution: 1 to 80 characters, none of them special. */
export function checkName(name: string): void {
  if (name.length < 1 || name.length > 80 || illegal.test(name)) {
    throw new AwsFault('InvalidName', `Invalid Name: '${name}'`);
  }
}
