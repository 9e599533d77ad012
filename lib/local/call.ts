/** Who signed a call, as far as the key id in its SigV4 scope tells. */
export interface Caller {
  readonly accessKeyId: string;
  readonly accountId: string;
  readonly partition: string;
  /** ARN as STS shows it: a user, an assumed role, or the account's root. */
  readonly arn: string;
  /** Unique id as STS shows it (`AIDA…`, `AROA…:session`), or the account id for root. */
  readonly principalId: string;
}

/** One call that reached the local AWS, beside its input. */
export interface Call {
  readonly service: string;
  readonly operation: string;
  readonly requestId: string;
  /** From the SigV4 scope. IAM ignores it. */
  readonly region: string;
  readonly caller: Caller;
  readonly userAgent: string;
  /** The local AWS's time when the call arrived, in milliseconds since 1970. */
  readonly now: number;
}

/** One emulated operation: parsed input in, output out, or an `AwsFault` thrown. */
// oxlint-disable-next-line typescript/no-explicit-any -- each operation narrows its own input by the SDK's type
export type Operation = (input: any, call: Call) => object | Promise<object>;

/** The operations that one AWS service emulates, by the names the SDK gives them (`CreateRole`). */
export interface LocalService {
  /** SigV4 service name: `iam`, `eks`, `states`, `lambda`, `events`, `sts`. */
  readonly signingName: string;
  readonly operations: Readonly<Record<string, Operation>>;
}

/** An error that AWS answers with: modelled name and AWS's literal text, so that message matching works as it does there. */
export class AwsFault extends Error {
  override readonly name: string;
  /** Further members of the error's shape. */
  readonly members: Readonly<Record<string, unknown>>;
  constructor(name: string, message: string, members: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.name = name;
    this.members = members;
  }
}
