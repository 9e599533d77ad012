import { AwsFault } from '../call.ts';

const MOST_TAGS = 50;

/**
 * Refuses tags that EKS does not take (EKS API reference, TagMap). None of the texts is known: terraform-aws-eks and its likes never
 * met them. CreateAccessEntry answers InvalidParameterException, the tag operations BadRequestException.
 */
export function checkTags(
  tags: Readonly<Record<string, string>>,
  fault: 'InvalidParameterException' | 'BadRequestException',
): void {
  if (Object.keys(tags).length > MOST_TAGS) {
    throw new AwsFault(fault, `The number of tags exceeds the maximum of ${MOST_TAGS}`);
  }
  for (const [key, value] of Object.entries(tags)) {
    if (/^aws:/i.test(key) || /^aws:/i.test(value)) {
      throw new AwsFault(fault, `The tag ${key} is invalid, keys and values cannot start with aws:`);
    }
    if (key.length < 1 || key.length > 128) {
      throw new AwsFault(fault, `The tag key ${key} is invalid, it must have 1 to 128 characters`);
    }
    if (value.length > 256) {
      throw new AwsFault(fault, `The value of tag ${key} is invalid, it must have at most 256 characters`);
    }
  }
}
