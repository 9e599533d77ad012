import { connect } from 'node:net';
import { createServer, type AddressInfo } from 'node:net';
import { GetFunctionUrlConfigCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { describe, expect, test } from 'vitest';
import { type ExitCode } from '../../../lib/cli/io.ts';
import { createClients } from '../../../lib/aws/clients.ts';
import { eksClusters } from '../../../lib/aws/eks-clusters.ts';
import { sfnExecutions } from '../../../lib/aws/sfn-executions.ts';
import { systemClock } from '../../../lib/runtime.ts';
import { fakeTerminal, runCommand, runIn } from './terminal.ts';

interface Served {
  readonly stdout: readonly string[];
  readonly stderr: readonly string[];
  /** The variables that the export lines set. */
  readonly env: Readonly<Record<string, string>>;
  readonly stop: (signal: 'SIGINT' | 'SIGTERM') => Promise<ExitCode>;
}

/** Starts `eks-rebind local` and waits for its export lines. */
async function serve(...argv: string[]): Promise<Served> {
  const { promise: ready, resolve: isReady } = Promise.withResolvers<void>();
  const terminal = fakeTerminal({
    onStdout(line) {
      if (line.startsWith('export AWS_DEFAULT_REGION')) isReady();
    },
  });
  const ended = runIn(terminal, 'local', '--port', '0', ...argv);
  await Promise.race([ready, ended]);
  const { stdout, stderr } = terminal;
  const env = Object.fromEntries(stdout.map((line) => line.replace('export ', '').split('=')));
  async function stop(signal: 'SIGINT' | 'SIGTERM') {
    terminal.raise(signal);
    return (await ended).code;
  }
  return { stdout, stderr, env, stop };
}

const clientsOf = ({ env }: Served) =>
  createClients({
    env: { ...env, EKS_REBIND_ACCOUNT_ID: '111122223333' },
    clock: systemClock,
    random: () => 0.5,
    write: () => {},
  });

/** The URL that people answer at, or what Lambda says instead. */
async function answerUrlWith(...argv: string[]): Promise<string | undefined> {
  const { env, stop } = await serve(...argv);
  const { AWS_ENDPOINT_URL: endpoint = '', AWS_ACCESS_KEY_ID = '', AWS_SECRET_ACCESS_KEY = '' } = env;
  const credentials = { accessKeyId: AWS_ACCESS_KEY_ID, secretAccessKey: AWS_SECRET_ACCESS_KEY };
  const lambda = new LambdaClient({ region: 'us-east-1', endpoint, credentials });
  const asked = lambda.send(new GetFunctionUrlConfigCommand({ FunctionName: 'eks-rebind-AnswerApproval' }));
  const told = await asked.then(
    ({ FunctionUrl }) => FunctionUrl,
    ({ name }: Error) => name,
  );
  await stop('SIGTERM');
  return told;
}

/** Whether anybody listens on the port. */
const isListening = (url: string) =>
  new Promise<boolean>((resolve) => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });

describe('eks-rebind local', () => {
  test('prints export lines alone on stdout, and all else on stderr', async () => {
    const served = await serve();
    await served.stop('SIGINT');
    expect(served.stdout).toEqual([
      expect.stringMatching(/^export AWS_ENDPOINT_URL=http:\/\/127\.0\.0\.1:\d+$/),
      expect.stringMatching(/^export AWS_ACCESS_KEY_ID=AKIA[A-Z2-7]{16}$/),
      expect.stringMatching(/^export AWS_SECRET_ACCESS_KEY=[A-Z2-7]{40}$/),
      'export AWS_REGION=us-east-1',
      'export AWS_DEFAULT_REGION=us-east-1',
    ]);
    expect(served.stderr.join('\n')).toMatch(/Settle age: 10 s here, 120 s by default/);
  });

  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('ends on %s with %i, and nobody listens any more', async (signal, code) => {
    const served = await serve('--empty', '--no-service');
    const url = served.env['AWS_ENDPOINT_URL'] ?? '';
    expect(await isListening(url)).toBe(true);
    expect(await served.stop(signal)).toBe(code);
    expect(await isListening(url)).toBe(false);
  });

  test.each<[string, string[], string[], boolean]>([
    ['has the story’s clusters and the service', [], ['batch', 'platform'], true],
    ['has no clusters with --empty', ['--empty'], [], true],
    ['has no service with --no-service', ['--no-service'], ['batch', 'platform'], false],
  ])('%s', async (_, argv, clusters, hasService) => {
    const served = await serve(...argv);
    const clients = clientsOf(served);
    const machine = 'arn:aws:states:us-east-1:111122223333:stateMachine:eks-rebind-rebind-entry';
    const list = sfnExecutions(clients).list(machine);
    const answer = await list.catch(({ name }: Error) => name);
    expect(await eksClusters(clients).list({ accountId: '111122223333', region: 'us-east-1' })).toEqual(clusters);
    expect(answer).toEqual(hasService ? [] : 'StateMachineDoesNotExist');
    await served.stop('SIGTERM');
  });

  test('has a URL for answers where somebody may give them, and none without', async () => {
    expect(await answerUrlWith('--approver', 'arn:aws:iam::111122223333:user/grace')).toMatch(
      /^https:.*\.lambda-url\./,
    );
    expect(await answerUrlWith()).toBe('ResourceNotFoundException');
  });

  test('says in one line that its port is taken', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a TCP server that listens has one
    const { port } = taken.address() as AddressInfo;
    const { code, stderr } = await runCommand('local', '--port', String(port));
    await new Promise((resolve) => taken.close(resolve));
    expect({ code, stderr }).toEqual({ code: 1, stderr: [expect.stringContaining(`cannot listen on port ${port}`)] });
  });
});
