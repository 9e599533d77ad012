import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import { createClients } from '../../../../lib/aws/clients.ts';
import { sfnExecutions } from '../../../../lib/aws/sfn-executions.ts';
import { systemClock } from '../../../../lib/runtime.ts';
import { fakeTerminal, runIn } from '../terminal.ts';

const SWEEP = 'arn:aws:states:us-east-1:111122223333:stateMachine:eks-rebind-sweep';

test(
  'eks-rebind local --bundled takes its inventory from the bundle, and leaves nothing behind',
  { timeout: 120_000 },
  async () => {
    vi.stubEnv('TMPDIR', mkdtempSync(join(tmpdir(), 'eks-rebind-')));
    const env: Record<string, string> = {};
    const terminal = fakeTerminal({
      onStdout(line) {
        const [name = '', value = ''] = line.replace('export ', '').split('=');
        env[name] = value;
      },
    });
    const ended = runIn(terminal, 'local', '--bundled', '--port', '0');
    await vi.waitUntil(() => env['AWS_DEFAULT_REGION'], 60_000);
    expect(readdirSync(tmpdir())).toEqual([expect.stringMatching(/^eks-rebind-bundle-/)]);

    const executions = sfnExecutions(createClients({ env, clock: systemClock, random: () => 0.5, write: () => {} }));
    let [sweep] = await executions.list(SWEEP);
    for (; !sweep || sweep.status === 'RUNNING'; [sweep] = await executions.list(SWEEP)) await setTimeout(200);
    expect(sweep).toMatchObject({ status: 'SUCCEEDED' });

    terminal.raise('SIGTERM');
    expect((await ended).code).toBe(143);
    expect(readdirSync(tmpdir())).toEqual([]);
    vi.unstubAllEnvs();
  },
);
