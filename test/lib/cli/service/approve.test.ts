import * as v from 'valibot';
import { beforeEach, describe, expect, test } from 'vitest';
import { ADMINS, type ApprovalWorld, approvalWorld, APPROVERS, ROOT } from '../../../approvals/approval-world.ts';
import { ACCOUNT } from '../../../simulator/world-options.ts';
import { typed } from './service-world.ts';

const ANN = { arn: APPROVERS };
const OUTSIDER = { arn: `arn:aws:iam::${ACCOUNT}:user/otto` };

const Answered = v.looseObject({
  schemaVersion: v.literal(1),
  summary: v.looseObject({
    answer: v.string(),
    question: v.nullable(v.string()),
    isAnswered: v.boolean(),
    verdict: v.string(),
    consoles: v.optional(v.array(v.string())),
  }),
  question: v.optional(v.looseObject({ entries: v.array(v.looseObject({ policies: v.array(v.string()) })) })),
});

const read = (stdout: readonly string[]) => v.parse(Answered, JSON.parse(stdout.join('\n')));

describe('a question about an administrator', () => {
  let world: ApprovalWorld;
  const ends = () => world.ran('rebind-entry').map((one) => one.end);
  beforeEach(async () => {
    world = await approvalWorld({ ledger: 'dynamodb' });
    await world.recreateRole(ADMINS);
    await world.untilAsked();
  });

  test('is shown, and nothing answered, where nobody says yes and nobody can be asked', async () => {
    const { code, stdout } = await typed(world, ['approve', world.question()], ANN);
    expect(code).toBe(2);
    const shown = stdout.join('\n');
    expect(shown).toContain('cluster prod in eu-west-1 of account 111122223333, type STANDARD');
    expect(shown).toContain('policies AmazonEKSClusterAdminPolicy (cluster)');
    expect(shown).toContain(`created by ${ROOT}`);
    expect(stdout.at(-1)).toContain('nobody was there to say yes');
    expect(ends()).toEqual(['RUNNING']);
  });

  test('is approved with --yes: the execution goes on, and its console link is told', async () => {
    const { code, stdout } = await typed(world, ['approve', world.question(), '--yes', '-o', 'json'], ANN);
    expect(code).toBe(0);
    const { summary, question } = read(stdout);
    expect(summary).toMatchObject({ answer: 'approve', question: world.question(), isAnswered: true });
    expect(summary.consoles).toEqual([
      `https://us-east-1.console.aws.amazon.com/states/home?region=us-east-1#/v2/executions/details/${world.ran('rebind-entry')[0]?.arn}`,
    ]);
    expect(question?.entries).toMatchObject([{ policies: ['AmazonEKSClusterAdminPolicy (cluster)'] }]);
    await world.quiet();
    expect(ends()).toEqual(['Rebound']);
  });

  test('never shows the token that ends the wait', async () => {
    const [record] = await world.run(() => world.ledger.ofPrincipal({ ...PRINCIPAL, name: 'admins' }));
    const token = record?.waiting?.taskToken ?? '';
    expect(token).not.toBe('');
    for (const output of ['table', 'json']) {
      const { stdout, stderr } = await typed(world, ['approve', world.question(), '--dry-run', '-o', output], ANN);
      expect([...stdout, ...stderr].join('\n')).not.toContain(token);
    }
  });

  test('is what an execution waits for, and is told with it', async () => {
    const { stdout } = await typed(world, ['executions', '--waiting'], ANN);
    expect(stdout[1]).toContain(`admins in prod (eu-west-1)  RUNNING  waits for ${world.question()}`);
    await typed(world, ['approve', world.question(), '--yes'], ANN);
    await world.quiet();
    const { stdout: after } = await typed(world, ['executions', '--waiting'], ANN);
    expect(after).toEqual(['no executions']);
  });

  test('is denied with --yes', async () => {
    const { code } = await typed(world, ['deny', world.question(), '--yes'], ANN);
    expect(code).toBe(0);
    await world.quiet();
    expect(ends()).toEqual(['Denied']);
  });

  test('need not be named at a terminal, where it is the only one that is open', async () => {
    const { code, questions } = await typed(world, ['approve'], { ...ANN, answers: ['yes'] });
    expect(code).toBe(0);
    expect(questions).toEqual(["Approve this? Only 'yes' goes ahead: "]);
    await world.quiet();
    expect(ends()).toEqual(['Rebound']);
  });

  test('has to be named where nobody can be asked, --yes or not', async () => {
    const { code, stderr } = await typed(world, ['approve', '--yes'], ANN);
    expect(code).toBe(1);
    expect(stderr.at(-1)).toBe(`error: name the question to approve: ${world.question()}`);
    expect(ends()).toEqual(['RUNNING']);
  });

  test('need not be named for a dry run', async () => {
    const { code, stdout } = await typed(world, ['deny', '--dry-run', '-o', 'json'], ANN);
    expect(code).toBe(0);
    expect(read(stdout).summary).toMatchObject({ answer: 'deny', question: world.question(), isAnswered: false });
  });

  test('is not for whoever made the role to answer, in words and with exit code 1', async () => {
    const { code, stderr } = await typed(world, ['approve', world.question(), '--yes'], { arn: ROOT });
    expect(code).toBe(1);
    expect(stderr.at(-1)).toContain(`you may not approve this: ${ROOT}`);
    expect(stderr.at(-1)).toContain('the principal, and may not answer for it');
  });

  test('is not for a person to answer who is no approver', async () => {
    const { code, stderr } = await typed(world, ['approve', world.question(), '--yes'], OUTSIDER);
    expect(code).toBe(1);
    expect(stderr.at(-1)).toContain(`${OUTSIDER.arn} is not among the approvers`);
  });

  test('is not for somebody to answer whom AWS lets not call the function, in words', async () => {
    const arn = `arn:aws:iam::${ACCOUNT}:role/readers`;
    const actions = ['states:*', 'lambda:GetFunctionUrlConfig', 'dynamodb:*'];
    world.aws.permissions.putRole('readers', arn, [{ effect: 'Allow', actions, resources: ['*'] }]);
    const { code, stderr } = await typed(world, ['approve', world.question(), '--yes'], { arn });
    expect(code).toBe(1);
    expect(stderr.at(-1)).toContain('you may not approve this: AWS lets');
    expect(stderr.at(-1)).toContain('lambda:InvokeFunctionUrl and lambda:InvokeFunction');
    expect(ends()).toEqual(['RUNNING']);
  });

  test('is told to be too late to deny once it is approved', async () => {
    await typed(world, ['approve', world.question(), '--yes'], ANN);
    const { code, stderr, stdout } = await typed(world, ['deny', world.question(), '--yes', '-o', 'json'], ANN);
    expect(code).toBe(1);
    expect(stderr.at(-1)).toBe('error: too late: it is approved already, and may have been acted on');
    expect(read(stdout).summary).toMatchObject({ isAnswered: false, status: 409 });
  });

  test('can be answered by somebody who may not read the ledger, who is told so', async () => {
    const { permissions } = world.aws;
    const statement = {
      effect: 'Allow',
      actions: ['states:*', 'lambda:GetFunctionUrlConfig'],
      resources: ['*'],
    } as const;
    permissions.putRole('approvers', APPROVERS, [statement]);
    const waiting = await typed(world, ['executions', '--waiting'], ANN);
    expect(waiting.stdout[1]).toContain('admins in prod (eu-west-1)  RUNNING');
    expect(waiting.stderr[0]).toContain("the notification tells the question's id");
    const unnamed = await typed(world, ['approve', '--yes'], ANN);
    expect(unnamed.code).toBe(1);
    expect(unnamed.stderr[0]).toContain('name the question, the notification tells its id');
    const { code, stdout } = await typed(world, ['approve', world.question(), '--yes'], ANN);
    expect(code).toBe(0);
    expect(stdout[0]).toContain("what would be granted can't be shown, you may not read the ledger");
    await world.quiet();
    expect(ends()).toEqual(['Rebound']);
  });
});

const PRINCIPAL = { partition: 'aws', accountId: ACCOUNT, kind: 'role' } as const;

test('where nobody is asked, that is said', async () => {
  const world = await approvalWorld({ ledger: 'dynamodb' });
  const { code, stdout } = await typed(world, ['approve'], ANN);
  expect(code).toBe(0);
  expect(stdout).toEqual(['nobody is asked anything']);
});

test.each([
  ['0123', "not '0123'"],
  ['0123456789abcdef01234567', 'there is no question 0123456789abcdef01234567'],
])("the id '%s' is refused in one line", async (id, says) => {
  const world = await approvalWorld({ ledger: 'dynamodb', inventory: false });
  const { code, stdout, stderr } = await typed(world, ['deny', id, '--yes'], ANN);
  expect(code).toBe(1);
  expect(stdout).toEqual([]);
  expect(stderr).toHaveLength(1);
  expect(stderr[0]).toContain(says);
});

test('a service without approvers asks nobody', async () => {
  const world = await approvalWorld({ inventory: false, environment: { EKS_REBIND_APPROVERS: '' } });
  const { code, stderr } = await typed(world, ['approve'], ANN);
  expect(code).toBe(1);
  expect(stderr).toEqual(['error: the service asks nobody: it was deployed without approvers']);
});
