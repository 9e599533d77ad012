/** What a request's SigV4 header tells of its caller. Signatures themselves aren't verified. */
export interface SignatureScope {
  readonly accessKeyId: string;
  readonly region: string;
  readonly signingName: string;
}

/** Reads `AWS4-HMAC-SHA256 Credential=KEY/date/region/service/aws4_request, …`; undefined for an unsigned request. */
export function signatureScope(authorization: string | undefined): SignatureScope | undefined {
  const [, scope] = /Credential=([^,\s]+)/.exec(authorization ?? '') ?? [];
  const [accessKeyId, , region, signingName] = scope?.split('/') ?? [];
  return accessKeyId && region && signingName ? { accessKeyId, region, signingName } : undefined;
}
