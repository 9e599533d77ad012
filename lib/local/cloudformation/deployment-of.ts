import type { Deployment, FunctionDefinition, StateMachineDefinition } from '../deployment.ts';
import { type CodeOf, type Draft, emptyDraft, type FunctionDraft, type StateMachineDraft } from './draft.ts';
import type { DeployedWhere } from './pseudo-parameters.ts';
import { resourceKinds } from './resource-kinds.ts';
import { stackOf } from './stack.ts';
import { refuse } from './template-error.ts';
import { readTemplate } from './template.ts';

/** Where a template is deployed, and who runs its functions' code. */
export interface DeploymentPlace extends DeployedWhere {
  /** What runs for a function's handler (`index.CheckRole`). */
  readonly codeOf: CodeOf;
}

/** What a CloudFormation template deploys, as the local AWS takes it. What it doesn't emulate is refused by name, with its place. */
export function deploymentOf(template: object, { codeOf, ...where }: DeploymentPlace): Deployment {
  const { resources } = stackOf(readTemplate(template), where);
  const draft = emptyDraft(where, codeOf);
  for (const kind of resourceKinds) {
    const taken = new Set<string>();
    for (const { kind: itsKind, identity, properties } of resources) {
      if (itsKind !== kind) continue;
      const { name } = identity();
      if (taken.has(name)) refuse(properties().path, `another ${kind.type} is called '${name}' already`);
      taken.add(name);
      kind.load?.({ identity: identity(), properties: properties() }, draft);
    }
  }
  return deployed(draft);
}

/** Topics or queues, by name. */
const messaging = (all: Draft['topics']) =>
  Object.fromEntries([...all.values()].map(({ name, policy }) => [name, policy ? { policy } : {}]));

function functionOf({ definition, role, hasUrl, resourcePolicy }: FunctionDraft): FunctionDefinition {
  const { arn: roleArn, statements } = role;
  return { ...definition, roleArn, statements, resourcePolicy, ...(hasUrl && { url: { authType: 'AWS_IAM' } }) };
}

function stateMachineOf({ definition, role }: StateMachineDraft): StateMachineDefinition {
  return { ...definition, roleArn: role.arn, statements: role.statements };
}

function deployed({ where, ...draft }: Draft): Deployment {
  const taken = new Set([...draft.functions.values(), ...draft.stateMachines.values()].map(({ role }) => role.arn));
  const others = [...draft.roles.values()].filter(({ arn }) => !taken.has(arn));
  return {
    accountId: where.accountId,
    partition: where.partition,
    region: where.region,
    functions: Object.fromEntries([...draft.functions].map(([name, each]) => [name, functionOf(each)])),
    stateMachines: Object.fromEntries([...draft.stateMachines].map(([name, each]) => [name, stateMachineOf(each)])),
    rules: Object.fromEntries(draft.rules),
    tables: Object.fromEntries(draft.tables),
    topics: messaging(draft.topics),
    queues: messaging(draft.queues),
    eventBusPolicy: draft.eventBusPolicy,
    roles: Object.fromEntries(others.map(({ arn, statements, trust }) => [arn, { statements, trust }])),
  };
}
