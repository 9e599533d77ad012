/** A value that has to be there, as everything before made sure of. */
export function present<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('a value is missing that the code before had made sure of');
  return value;
}
