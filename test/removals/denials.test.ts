import { describe, expect, test } from 'vitest';
import { serviceDeployment } from '../../lib/cli/stage/service-deployment.ts';
import { createPermissions, type Identity } from '../../lib/local/policies/permissions.ts';
import type { Template } from '../../lib/infra/synthesize.ts';
import { ACCOUNT } from '../simulator/world-options.ts';
import { policyNameOf, TEMPLATE } from '../template/baseline.ts';
import { permissionsOf, type TemplatePermission } from '../template/permissions-of.ts';
import { EVERYTHING_ON } from '../template/tour.ts';

// Each denial of the template is taken away in turn, and what it denied is allowed.

const denials = permissionsOf(TEMPLATE).filter(({ effect }) => effect === 'Deny');
// Somebody who may do everything that no resource's policy denies.
const ROOT = `arn:aws:iam::${ACCOUNT}:root`;
const ADMINISTRATOR: Identity = { name: ROOT, arn: ROOT, sessionArn: ROOT, statements: undefined };
const TOPIC = `arn:aws:sns:us-east-1:${ACCOUNT}:eks-rebind-notifications`;
const QUEUE = `arn:aws:sqs:us-east-1:${ACCOUNT}:eks-rebind-dead-letters`;
const WITHOUT_TLS = [['aws:securetransport', ['false']]] as const;

/** What the service as a template has it says to what a denial is about. */
function answerTo({ holder, action }: TemplatePermission, change: (template: Template) => Template) {
  const where = { accountId: ACCOUNT, partition: 'aws', region: 'us-east-1' };
  const deployment = serviceDeployment({ ...where, environment: EVERYTHING_ON, ports: {}, change });
  const permissions = createPermissions();
  permissions.deploy(deployment);
  if (action === 'sns:Publish') return permissions.decide(ADMINISTRATOR, { action, resource: TOPIC }, WITHOUT_TLS);
  if (action === 'sqs:*') {
    return permissions.decide(ADMINISTRATOR, { action: 'sqs:SendMessage', resource: QUEUE }, WITHOUT_TLS);
  }
  const name = policyNameOf(holder) ?? '';
  const arn = deployment.functions[name]?.roleArn ?? '';
  const who: Identity = { name, arn, sessionArn: arn, statements: deployment.functions[name]?.statements };
  return permissions.decide(who, { action, resource: `arn:aws:iam::${ACCOUNT}:role/eks-rebind/CreateEntry` });
}

test('there are denials: of passing our own roles, and of whatever comes without TLS', () => {
  const actions = denials.map(({ action }) => action);
  expect(new Set(actions)).toEqual(new Set(['iam:PassRole', 'sns:Publish', 'sqs:*']));
});

describe('a denial is what keeps it from being allowed', () => {
  test.each(denials.map((denial) => [denial.title, denial] as const))('%s', (_, denial) => {
    expect(answerTo(denial, (template) => template)).toBe('explicitDeny');
    expect(answerTo(denial, denial.without)).toBe('allow');
  });
});
