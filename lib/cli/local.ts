import type { ExitCode, Terminal } from './io.ts';

/** What `eks-rebind local` can be told. */
export interface LocalOptions {
  readonly port: number;
  readonly empty: boolean;
  readonly service: boolean;
}

export async function local(_options: LocalOptions, _terminal: Terminal): Promise<ExitCode> {
  return 1;
}
