import { spawn, spawnSync } from 'node:child_process';
import { afterEach, describe, expect, test } from 'vitest';
import { createLocalAws } from '../../lib/local/local-aws.ts';
import type { Listening } from '../../lib/local/http-server.ts';
import { createSeededRandom } from '../../lib/local/seeded-random.ts';
import { systemClock } from '../../lib/runtime.ts';

const SCRIPT = 'bin/redrive-dead-letters.sh';
const ACCOUNT = '111122223333';
const QUEUE = `arn:aws:sqs:us-east-1:${ACCOUNT}:eks-rebind-dead-letters`;
const machine = (name: string) => `arn:aws:states:us-east-1:${ACCOUNT}:stateMachine:${name}`;
const ROLE_CHANGED = machine('eks-rebind-role-changed');

const servers: Listening[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

/** A local AWS with the queue and two state machines that do nothing, and the script as a person calls it there. */
async function world() {
  const aws = createLocalAws({ clock: systemClock, random: createSeededRandom(7) });
  const idle = {
    definition: '{"QueryLanguage":"JSONata","StartAt":"A","States":{"A":{"Type":"Succeed"}}}',
    statements: [],
  };
  aws.deploy({
    accountId: ACCOUNT,
    partition: 'aws',
    region: 'us-east-1',
    functions: {},
    rules: {},
    stateMachines: { 'eks-rebind-role-changed': idle, 'eks-rebind-sweep': idle },
    queues: { 'eks-rebind-dead-letters': {} },
  });
  const server = await aws.listen();
  servers.push(server);
  const key = aws.credentials.issue({ arn: `arn:aws:iam::${ACCOUNT}:root` });
  const env = {
    PATH: process.env['PATH'],
    HOME: '/nonexistent',
    AWS_ENDPOINT_URL: server.url,
    AWS_ACCESS_KEY_ID: key.accessKeyId,
    AWS_SECRET_ACCESS_KEY: key.secretAccessKey,
    AWS_DEFAULT_REGION: 'us-east-1',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_PAGER: '',
  };
  return {
    aws,
    /** A dead letter as EventBridge writes it: the event, and why it is here. */
    bury: (event: object, target = ROLE_CHANGED) =>
      aws.sqs.deliver(QUEUE, JSON.stringify(event), {
        RULE_ARN: `arn:aws:events:us-east-1:${ACCOUNT}:rule/eks-rebind-role-changed`,
        TARGET_ARN: target,
        ERROR_CODE: 'NO_PERMISSIONS',
        ERROR_MESSAGE: 'no identity-based policy allows it',
      }),
    left: () => aws.sqs.messagesIn(QUEUE).map(({ body }): unknown => JSON.parse(body)),
    redrive: (...words: string[]) => run(words, env),
    executions: () =>
      [...aws.stepFunctions.world.executions.values()].map(({ arn, input }) => ({
        machine: arn.split(':').at(6),
        name: arn.split(':').at(7),
        input,
      })),
  };
}

function run(words: readonly string[], env: Record<string, string | undefined>) {
  return new Promise<{ code: number | null; said: string; complained: string }>((resolve) => {
    const script = spawn('bash', [SCRIPT, ...words], { env });
    let said = '';
    let complained = '';
    script.stdout.on('data', (data) => (said += data));
    script.stderr.on('data', (data) => (complained += data));
    script.on('close', (code) => resolve({ code, said, complained }));
  });
}

const created = {
  source: 'aws.iam',
  detail: { eventName: 'CreateRole', requestParameters: { path: 'C:\\tmp "x"\t' } },
};

const hasCli = spawnSync('aws', ['--version']).status === 0;

describe.skipIf(!hasCli)('dead letters', { timeout: 120_000 }, () => {
  test('are shown, and nothing is changed, unless it is told to', async () => {
    const { bury, redrive, left, executions } = await world();
    bury(created);
    const { code, said, complained } = await redrive();
    expect({ code, complained }).toEqual({ code: 0, complained: '' });
    expect(said).toContain('eks-rebind-dead-letters holds about 1 messages');
    expect(said).toContain(`meant for  ${ROLE_CHANGED}`);
    expect(said).toContain('refused    NO_PERMISSIONS: no identity-based policy allows it');
    expect(said).toContain('nothing was changed');
    expect(executions()).toEqual([]);
    expect(left()).toEqual([created]);
  });

  test('start what they were meant for with the very event, and are gone then; the sweep gets its own input', async () => {
    const { bury, redrive, left, executions } = await world();
    bury(created);
    bury({ source: 'aws.events', 'detail-type': 'Scheduled Event' }, machine('eks-rebind-sweep'));
    const { code, said, complained } = await redrive('--yes');
    expect({ code, complained }).toEqual({ code: 0, complained: '' });
    expect(said).toContain('done: 2 sent again');
    expect(executions().map(({ machine: name, input }) => [name, input])).toEqual([
      ['eks-rebind-role-changed', created],
      ['eks-rebind-sweep', { schemaVersion: 1 }],
    ]);
    expect(left()).toEqual([]);
  });

  test('stay in the queue where nothing can be started', async () => {
    const { bury, redrive, left, executions } = await world();
    bury(created, machine('eks-rebind-gone'));
    const { code, complained } = await redrive('--yes');
    expect(code).toBe(1);
    expect(complained).toMatch(/left in the queue, hidden for two minutes: .*StateMachineDoesNotExist/s);
    expect(left()).toEqual([created]);
    expect(executions()).toEqual([]);
  });

  test('are started once, even where deleting them failed the first time', async () => {
    const { aws, bury, redrive, left, executions } = await world();
    bury(created);
    const refused = { kind: 'fault', name: 'InternalError', message: 'not now' } as const;
    const broken = aws.faults.inject({ operation: 'DeleteMessage', times: 99, effect: refused });
    expect((await redrive('--yes')).code).not.toBe(0);
    expect(left()).toEqual([created]);
    broken.lift();
    // The two minutes are over, in which others don't see it.
    for (const message of aws.sqs.messagesIn(QUEUE)) message.visibleFrom = 0;
    const { code, said } = await redrive('--yes');
    expect({ code, said }).toEqual({ code: 0, said: expect.stringMatching(/started +before, as redrive-/) });
    expect(left()).toEqual([]);
    expect(executions()).toHaveLength(1);
  });

  test('of a queue that is not there are an error', async () => {
    const { redrive } = await world();
    const { code, complained } = await redrive('--yes', '--queue', 'other');
    expect(code).not.toBe(0);
    expect(complained).toContain('The specified queue does not exist');
  });
});

test.runIf(!hasCli)('LEFT OUT: there is no AWS CLI on the PATH, so dead letters were not sent again', () => {
  expect(hasCli).toBe(false);
});

test.each([
  [['--no'], "'--no' is no option; see --help"],
  [['--queue'], '--queue is the name of a queue, wanted one after it'],
])('it refuses %j', async (words, complaint) => {
  expect(await run(words, { PATH: process.env['PATH'] })).toEqual({ code: 2, said: '', complained: `${complaint}\n` });
});

test('it says what it does', async () => {
  const { code, said } = await run(['--help'], { PATH: process.env['PATH'] });
  expect(code).toBe(0);
  expect(said).toContain('usage: redrive-dead-letters.sh [--yes] [--queue NAME] [--help]');
});
