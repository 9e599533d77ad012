import type { Random } from '../../runtime.ts';
import { randomUuid } from '../seeded-random.ts';
import type { JsonObject } from './json.ts';

/** What an optimized integration adds to the service's answer: the HTTP metadata of the call, as recorded, in short. */
export function sdkMetadata(random: Random, text: string, contentType: string): JsonObject {
  const requestId = randomUuid(random);
  const headers = {
    'Content-Length': String(Buffer.byteLength(text)),
    'Content-Type': contentType,
    'x-amzn-RequestId': requestId,
  };
  const lists = Object.entries(headers).map(([name, value]) => [name, [value]] as const);
  return {
    SdkHttpMetadata: { AllHttpHeaders: Object.fromEntries(lists), HttpHeaders: headers, HttpStatusCode: 200 },
    SdkResponseMetadata: { RequestId: requestId },
  };
}
