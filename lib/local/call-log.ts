/** One call as it was answered, or not. */
interface LoggedCall {
  readonly service: string;
  readonly operation: string;
  readonly region: string;
  readonly accessKeyId: string;
  /** The caller's ARN as STS shows it. */
  readonly callerArn: string;
  /** When it arrived, in milliseconds since 1970. */
  readonly at: number;
  readonly requestId: string;
  readonly input: unknown;
  /** Name of the error it was answered with, or `ConnectionReset`; absent when it went well. */
  readonly error?: string;
}

/** Which calls to count; all members must match. */
type CallFilter = Partial<Pick<LoggedCall, 'service' | 'operation' | 'region' | 'accessKeyId' | 'callerArn'>>;

/** Every call that reached the local AWS. */
export interface CallLog {
  readonly all: readonly LoggedCall[];
  add(call: LoggedCall): void;
  matching(filter: CallFilter): readonly LoggedCall[];
  /** How many calls there were of each operation (`DescribeCluster`), by name. */
  countByOperation(filter?: CallFilter): Record<string, number>;
  /** How many calls each caller made, by ARN. */
  countByCaller(filter?: CallFilter): Record<string, number>;
}

function countBy(calls: readonly LoggedCall[], keyOf: (call: LoggedCall) => string): Record<string, number> {
  const counts = new Map<string, number>();
  for (const call of calls) counts.set(keyOf(call), (counts.get(keyOf(call)) ?? 0) + 1);
  return Object.fromEntries([...counts].toSorted(([one], [other]) => (one < other ? -1 : 1)));
}

/** A log of no calls yet. */
export function createCallLog(): CallLog {
  const all: LoggedCall[] = [];
  const matching = (filter: CallFilter = {}) => {
    const wanted = Object.entries(filter);
    return all.filter((call) => {
      const has = new Map<string, unknown>(Object.entries(call));
      return wanted.every(([key, value]) => has.get(key) === value);
    });
  };
  return {
    all,
    add: (call) => void all.push(call),
    matching,
    countByOperation: (filter) => countBy(matching(filter), ({ operation }) => operation),
    countByCaller: (filter) => countBy(matching(filter), ({ callerArn }) => callerArn),
  };
}
