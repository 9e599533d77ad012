import { UsageError } from '../io.ts';

/** A cluster's name, by EKS's own rule for it (CreateCluster in the API reference). */
export function parseCluster(text: string): string {
  if (/^[0-9A-Za-z][\w-]{0,99}$/.test(text)) return text;
  throw new UsageError(`--cluster takes a cluster's name, such as prod, not '${text}'`);
}

/** A role's name, by IAM's own rule for it (CreateRole in the API reference). */
export function parseRoleName(text: string): string {
  if (/^[\w+=,.@-]{1,64}$/.test(text)) return text;
  const instead = text.startsWith('arn:') ? '; --principal-arn takes an ARN' : '';
  throw new UsageError(`--role takes a role's name without its path, such as eks-nodes, not '${text}'${instead}`);
}

/** The ARN of a role or user. */
export function parsePrincipalArn(text: string): string {
  if (/^arn:aws(-[a-z]+)*:iam::\d{12}:(role|user)\/[\w+=,.@/-]+$/.test(text)) return text;
  const example = 'arn:aws:iam::111122223333:role/eks-nodes';
  throw new UsageError(`--principal-arn takes the ARN of a role or user, such as ${example}, not '${text}'`);
}

/** The id of an account. */
export function parseAccount(text: string): string {
  if (/^\d{12}$/.test(text)) return text;
  throw new UsageError(`--account takes the 12 digits of an account's id, not '${text}'`);
}

/** A DynamoDB table's name (CreateTable in the API reference). */
export function parseTable(text: string): string {
  if (/^[\w.-]{3,255}$/.test(text)) return text;
  throw new UsageError(`--ledger takes the name of a DynamoDB table, such as eks-rebind-ledger, not '${text}'`);
}
