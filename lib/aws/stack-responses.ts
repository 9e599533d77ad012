import { AwsUnavailable } from '../core/errors.ts';
import type { StackResponses } from '../core/ports.ts';
import type { Runtime } from '../runtime.ts';

const ATTEMPTS = 4;
const PAUSE_MS = 2_000;
const PATIENCE_MS = 10_000;

/** Puts answers to presigned URLs of CloudFormation's. They are no AWS calls: no key signs them, so no permission is needed. */
export function stackResponses({ clock }: Pick<Runtime, 'clock'>, send: typeof fetch = fetch): StackResponses {
  return {
    async answer(url, response) {
      let failure = '';
      for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
        // No content type: the URL is signed for none (CloudFormation user guide, "Custom resource response objects").
        const init = { method: 'PUT', body: JSON.stringify(response), headers: { 'content-type': '' } };
        failure = await clock.busy(() =>
          outcomeOf(() => send(url, { ...init, signal: AbortSignal.timeout(PATIENCE_MS) })),
        );
        if (failure === '') return;
        await clock.pause(PAUSE_MS);
      }
      throw new AwsUnavailable(`CloudFormation did not take the answer after ${ATTEMPTS} attempts: ${failure}`);
    },
  };
}

/** Empty where it was taken. The URL is a secret while it lasts, and is in no message. */
async function outcomeOf(put: () => Promise<Response>): Promise<string> {
  try {
    const { ok, status } = await put();
    return ok ? '' : `HTTP ${status}`;
  } catch (error) {
    return error instanceof Error ? error.name : 'no connection';
  }
}
