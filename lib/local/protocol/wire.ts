/** A request as it came over the wire, or as it would have. */
export interface WireRequest {
  readonly method: string;
  /** As sent, percent-encoded, without the query. */
  readonly path: string;
  /** As sent, without the question mark. */
  readonly query: string;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** The answer to it. */
export interface WireResponse {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** The connection broke before an answer came: named and coded as Node's and the SDK's own, so that clients treat it alike. */
export class ConnectionReset extends Error {
  override readonly name = 'TimeoutError';
  readonly code = 'ECONNRESET';
  constructor() {
    super('socket hang up');
  }
}
