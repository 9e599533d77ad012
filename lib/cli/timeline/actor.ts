import { type JsonObject, objectOr, textOr } from '../replay/json-object.ts';

/** Who made a call, as its CloudTrail record tells: the last part of the caller's name or ARN, or the AWS service. */
export function actorOf(record: JsonObject): string {
  const caller = objectOr(record['userIdentity']);
  const issuer = objectOr(objectOr(caller['sessionContext'])['sessionIssuer']);
  const named = [caller['invokedBy'], issuer['userName'], caller['userName'], caller['arn'], caller['type']];
  return named.map(textOr).find(Boolean)?.split('/').at(-1) ?? 'somebody';
}
