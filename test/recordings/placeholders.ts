const placeholder = /<([A-Za-z][\w-]*)(?::(\d+))?>/g;

/** The account that recorded cases run in. */
export const ACCOUNT_ID = '111111111111';

/** The region that recorded cases run in. */
export const REGION = 'us-east-1';

/** A value that can stand where the test that was recorded had made one up. */
function madeUpValue(whole: string, name: string, number: string | undefined): string {
  if (name === 'partition') return 'aws';
  if (name === 'region') return REGION;
  if (name.includes('account_id')) return name.includes('secondary') ? '222222222222' : ACCOUNT_ID;
  if (name.endsWith('role_arn')) return `arn:aws:iam::${ACCOUNT_ID}:role/${name}`;
  const plain = name.replaceAll(/[^A-Za-z0-9_-]/g, '-');
  return number === undefined ? plain : `${plain}-${whole.length}-${number}`;
}

/** Every placeholder in a text. */
const placeholdersIn = (text: string): string[] => [...text.matchAll(placeholder)].map(([whole]) => whole);

/**
 * Puts real values, in the text of a case, for the placeholders that the recorded test had made up: those that stand in what went in. The others are AWS's
 * own values and stay.
 */
export function fillIn(text: string, inputs: readonly unknown[]): string {
  const values = new Map(Object.entries({ '<partition>': 'aws', '<region>': REGION }));
  for (const match of JSON.stringify(inputs).matchAll(placeholder)) {
    const [found, name = '', number] = match;
    // A token is AWS's own value, even where a worker sent it back.
    if (name !== 'task_token' && !values.has(found)) values.set(found, madeUpValue(found, name, number));
  }
  return text.replaceAll(placeholder, (found) => values.get(found) ?? found);
}

// Values of AWS that the recording replaced by a bare word; `…EventDetails.output` is where a whole output was masked.
const masked = new Set(['date', 'datetime', 'timestamp', 'start-date', 'stop-date', 'RequestId', 'X-Amzn-Trace-Id']);

/** Whether a recorded text stands for any value. */
export const isMasked = (text: string): boolean =>
  masked.has(text) || text.toLowerCase() === 'x-amzn-requestid' || /^\w+EventDetails\.\w+$/.test(text);

/** Values that placeholders turned out to stand for: the same placeholder is the same value within a case. */
export class Bindings {
  readonly #values = new Map<string, string>();

  /** Whether a text is what a recorded one, placeholders and all, stands for. */
  matches(recorded: string, actual: string): boolean {
    const names = placeholdersIn(recorded);
    if (names.length === 0) return recorded === actual;
    const literals = recorded.split(placeholder).filter((_, index) => index % 3 === 0);
    const pattern = literals.map((part) => part.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&')).join('([\\s\\S]*?)');
    const found = new RegExp(`^${pattern}$`).exec(actual);
    if (!found) return false;
    return names.every((name, index) => this.#bind(name, found[index + 1] ?? ''));
  }

  #bind(name: string, value: string): boolean {
    // Only numbered placeholders tell values apart: `<timestamp>` is any of them.
    if (!/[\d]/.test(name)) return true;
    const known = this.#values.get(name);
    if (known === undefined) this.#values.set(name, value);
    return known === undefined || known === value;
  }
}
