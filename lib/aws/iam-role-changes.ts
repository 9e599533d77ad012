import { CreateRoleCommand, DeleteRoleCommand } from '@aws-sdk/client-iam';
import type { Clients } from './clients.ts';

/** A role as somebody asks for it. */
interface RoleRequest {
  readonly name: string;
  readonly path: string;
  readonly trustPolicy: string;
}

/** What whoever owns roles does to them. The service itself never does: this is for stories and tests. */
export interface RoleChanges {
  delete(name: string): Promise<void>;
  create(role: RoleRequest): Promise<void>;
}

/** Deletes and creates roles in IAM. */
export function iamRoleChanges(clients: Clients): RoleChanges {
  return {
    async delete(name) {
      await clients.iam().send(new DeleteRoleCommand({ RoleName: name }));
    },
    async create({ name, path, trustPolicy }) {
      const role = { RoleName: name, Path: path, AssumeRolePolicyDocument: trustPolicy };
      await clients.iam().send(new CreateRoleCommand(role));
    },
  };
}
