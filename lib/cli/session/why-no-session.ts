import { AwsThrottled, AwsUnavailable } from '../../core/errors.ts';

// What STS answers to keys that it doesn't take (STS API reference, "Common errors"); the SDK's classes end in Exception.
const EXPIRED = /^(ExpiredToken|ExpiredTokenException|RequestExpired)$/;
const REFUSED =
  /^(InvalidClientTokenId|UnrecognizedClientException|SignatureDoesNotMatch|AuthFailure|IncompleteSignature)$/;

// What the SDK throws where no provider of its chain has any, and where a profile's or a single sign-on's way fails.
const NONE_FOUND = /^(CredentialsProviderError|TokenProviderError|ProviderError)$/;

/** Why STS did not say who calls, and what to do about it, in one line; undefined for what nobody expected. */
export function whyNoSession(
  error: unknown,
  { region, endpoint }: { readonly region: string; readonly endpoint: string | undefined },
): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const { name, message } = error;
  if (EXPIRED.test(name)) return `the credentials have expired (${name}); get new ones and try again`;
  if (REFUSED.test(name))
    return `AWS does not take the credentials (${name}: ${oneLine(message)}); check the keys and the clock`;
  if (NONE_FOUND.test(name)) {
    return `no credentials (${oneLine(message)}); set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or choose a profile with --profile`;
  }
  if (error instanceof AwsUnavailable || error instanceof AwsThrottled) {
    const where = endpoint === undefined ? `region ${region}` : `AWS_ENDPOINT_URL ${endpoint}`;
    return `no answer from AWS at ${where} (${oneLine(message)}); check the network, and the region or the endpoint`;
  }
  return undefined;
}

const oneLine = (text: string) => text.replaceAll(/\s+/g, ' ').replace(/[.;\s]+$/, '');
