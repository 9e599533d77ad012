const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

const twoDigits = (value: number) => String(value).padStart(2, '0');

/** A time as CloudTrail writes it into response elements: `Jul 10, 2023 11:55:08 AM`, in UTC, which it doesn't say. */
export function trailDate(date: Date): string {
  const hours = date.getUTCHours();
  const clock = `${hours % 12 || 12}:${twoDigits(date.getUTCMinutes())}:${twoDigits(date.getUTCSeconds())}`;
  const day = `${MONTHS[date.getUTCMonth()]} ${date.getUTCDate()}, ${date.getUTCFullYear()}`;
  return `${day} ${clock} ${hours < 12 ? 'AM' : 'PM'}`;
}

/** Never written to a trail (CloudTrail user guide, "IAM and AWS STS information in CloudTrail"). */
const SECRET = new Set(['SecretAccessKey', 'Password']);

function trailValue(value: unknown): unknown {
  if (value instanceof Date) return trailDate(value);
  if (Array.isArray(value)) return value.map(trailValue);
  return typeof value === 'object' && value !== null ? trailElements(value) : value;
}

/** An input or output as CloudTrail writes it: names begin in lower case, unset members and secrets are left out. */
export function trailElements(members: object): Record<string, unknown> {
  const written = Object.entries(members).filter(([name, value]) => value !== undefined && !SECRET.has(name));
  return Object.fromEntries(
    written.map(([name, value]) => [name.charAt(0).toLowerCase() + name.slice(1), trailValue(value)]),
  );
}
