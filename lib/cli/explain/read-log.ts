import { UsageError } from '../io.ts';
import { type AuthenticatorLine, readAuthenticatorLine } from './authenticator-line.ts';

/** Somebody who was turned away, each once. */
export interface TurnedAway {
  readonly principalArn: string;
  /** The unique id that came. Absent where the log doesn't tell. */
  readonly userId?: string;
  readonly says: string;
  readonly times: number;
}

/** What a log tells. */
export interface ReadLog {
  readonly turnedAway: readonly TurnedAway[];
  /** What access entries have nothing to do with, in words, each once. */
  readonly notOurs: readonly string[];
}

const NOT_OURS: Readonly<Partial<Record<AuthenticatorLine['kind'], string>>> = {
  token:
    'the token itself was no use: it is no token of aws eks get-token or aws-iam-authenticator, or was cut short; look at the kubeconfig of whoever called',
  sts: 'STS did not take the credentials behind the token: they have expired, are of a role or user that was deleted, the clock is off, or the token is for another cluster; get new credentials (a node: replace it) and try again',
  granted: 'access was granted: what is refused afterwards is a matter of permissions (403), not of access entries',
  other: 'the line tells of nobody who was turned away',
};

/** Reads lines of the authenticator's log. */
export function readLog(text: string): ReadLog {
  const lines = text
    .split('\n')
    .map((line) => readAuthenticatorLine(line))
    .filter((line) => line !== undefined);
  if (lines.length === 0) {
    throw new UsageError(
      'stdin holds no line of the authenticator\'s log; one looks like: level=warning msg="access denied" arn="arn:aws:iam::…" error="identity is not mapped"',
    );
  }
  const found = new Map<string, TurnedAway>();
  const others = new Set<string>();
  // The id is told in a line of its own (`STS response`), just before, of the same connection.
  const idOf = new Map<string, string>();
  for (const line of lines) {
    const { kind, principalArn, client = '', says } = line;
    if (line.userId !== undefined) idOf.set(`${client} ${principalArn}`, line.userId);
    if ((kind !== 'not-mapped' && kind !== 'mismatch') || principalArn === undefined) {
      if (!says.startsWith('STS response')) others.add(`${says}: ${NOT_OURS[kind] ?? NOT_OURS.other}`);
      continue;
    }
    const userId = line.userId ?? idOf.get(`${client} ${principalArn}`);
    const key = [principalArn, userId, kind].join(' ');
    const times = (found.get(key)?.times ?? 0) + 1;
    found.set(key, { principalArn, says, times, ...(userId !== undefined && { userId }) });
  }
  return { turnedAway: [...found.values()], notOurs: [...others] };
}
