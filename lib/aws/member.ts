/** The SDK types every member of an answer as optional; one that AWS always sends and that is missing must not pass as empty. */
export function member<T>(value: T | undefined, name: string): T {
  if (value === undefined) throw new Error(`AWS's answer has no '${name}'`);
  return value;
}
