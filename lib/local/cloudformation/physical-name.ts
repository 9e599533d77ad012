import { createHash } from 'node:crypto';

// CloudFormation adds a random part where ours adds a digest of the whole, and only where the name would be too long: the
// same template has the same names each time.
const DIGEST_LENGTH = 8;

/** What a resource is called whose template gives it no name. */
export function physicalName(stackName: string, logicalId: string, longest: number): string {
  const whole = `${stackName}-${logicalId}`;
  if (whole.length <= longest) return whole;
  const digest = createHash('sha256').update(whole).digest('hex').slice(0, DIGEST_LENGTH);
  return `${whole.slice(0, longest - DIGEST_LENGTH - 1)}-${digest}`;
}
