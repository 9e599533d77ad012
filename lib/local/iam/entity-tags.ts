import type { Tag } from '@aws-sdk/client-iam';
import { AwsFault } from '../call.ts';
import { breaksConstraint } from './iam-fault.ts';

/** What IAM calls the limit that one tag too many breaks. */
export type TagQuota = 'TagsPerRole' | 'TagsPerUser' | 'TagsPerInstanceProfile';

type Tags = Readonly<Record<string, string>>;

/** "A role or user can have up to 50 tags" (IAM user guide, "IAM and AWS STS quotas"). */
const TAGS_AT_MOST = 50;

/** An entity's tags as IAM answers them. */
export const tagList = (tags: Tags) => Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) satisfies Tag[];

const sameKey = (tags: Tags, key: string) =>
  Object.keys(tags).find((existing) => existing.toLowerCase() === key.toLowerCase());

function checkTag({ Key = '', Value = '' }: Tag): void {
  if (Key === '' || Key.length > 128) {
    throw breaksConstraint('Value', 'tags.1.member.key', 'Member must have length less than or equal to 128');
  }
  if (Value.length > 256) {
    throw breaksConstraint('Value', 'tags.1.member.value', 'Member must have length less than or equal to 256');
  }
  if (/^aws:/i.test(Key)) {
    throw new AwsFault('InvalidInputException', 'aws: prefixed tag key names are not allowed for external use.');
  }
}

/** Tags with others added. Keys aren't case-sensitive: an existing one keeps its spelling (IAM API reference, TagRole). */
export function withTags(tags: Tags, added: readonly Tag[] | undefined, quota: TagQuota): Tags {
  const keys = (added ?? []).map(({ Key = '' }) => Key.toLowerCase());
  if (new Set(keys).size < keys.length) {
    const text = 'Duplicate tag keys found. Please note that Tag keys are case insensitive.';
    throw new AwsFault('InvalidInputException', text);
  }
  const all = { ...tags };
  for (const tag of added ?? []) {
    checkTag(tag);
    all[sameKey(all, tag.Key ?? '') ?? tag.Key ?? ''] = tag.Value ?? '';
  }
  if (Object.keys(all).length > TAGS_AT_MOST) {
    throw new AwsFault('LimitExceededException', `Cannot exceed quota for ${quota}: ${TAGS_AT_MOST}`);
  }
  return all;
}

/** Tags without some, whichever way their keys are spelt. */
export function withoutTags(tags: Tags, keys: readonly string[]): Tags {
  const gone = new Set(keys.map((key) => key.toLowerCase()));
  return Object.fromEntries(Object.entries(tags).filter(([key]) => !gone.has(key.toLowerCase())));
}
