import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { METRICS } from '../../lib/core/metric-names.ts';
import { synthesize } from '../../lib/infra/synthesize.ts';
import { simulate, type Simulation } from '../simulator/simulate.ts';

// What the service does for money, counted: docs/cost.md shows the sums, and is held to what is counted here.

interface Counted {
  readonly transitions: number;
  readonly invocations: number;
  /** Calls of AWS by service. */
  readonly calls: Readonly<Record<string, number>>;
}

/** Counts what happens while something goes on. */
async function counted(world: Simulation, happens: () => Promise<unknown>): Promise<Counted> {
  const callsBefore = world.aws.calls.all.length;
  const executionsBefore = world.aws.stepFunctions.world.executions.size;
  let invocations = 0;
  const stop = world.aws.lambda.beforeInvoke(() => void (invocations += 1));
  await happens();
  await world.quiet();
  stop();
  const ours = world.aws.calls.all.slice(callsBefore).filter(({ callerArn }) => callerArn.includes(':assumed-role/'));
  const calls: Record<string, number> = {};
  for (const { service } of ours) calls[service] = (calls[service] ?? 0) + 1;
  const executions = [...world.aws.stepFunctions.world.executions.values()].slice(executionsBefore);
  // Step Functions bills each time a state is entered (its pricing page: "each time a step of your workflow is executed").
  const events = executions.flatMap(({ history }) => history.events);
  return { transitions: events.filter(({ type }) => type?.endsWith('StateEntered')).length, invocations, calls };
}

const page = readFileSync(new URL('../../docs/cost.md', import.meta.url), 'utf8').replaceAll(/ +/g, ' ');

const CLUSTERS = 10;
const clusters = Array.from({ length: CLUSTERS }, (_, index) => ({ name: `cluster-${index}` }));
const withPolicies = { AmazonEKSViewPolicy: ['team'], AmazonEKSEditPolicy: ['team'] };

test('what a rebind, an unrelated role, a deletion and a sweep take is what docs/cost.md says', async () => {
  const world = await simulate({
    ledger: 'dynamodb',
    clusters,
    roles: [{ name: 'nodes' }, { name: 'readers' }, { name: 'gone' }],
    entries: [
      { role: 'nodes', cluster: 'cluster-1' },
      { role: 'readers', cluster: 'cluster-2', type: 'STANDARD', policies: withPolicies },
      { role: 'gone', cluster: 'cluster-3' },
    ],
  });
  const rows = {
    'a node role recreated, one entry': await counted(world, () => world.recreateRole({ name: 'nodes' })),
    'a `STANDARD` entry with two policies': await counted(world, () => world.recreateRole({ name: 'readers' })),
    'a role created that no entry names': await counted(world, () => world.createRole({ name: 'unrelated' })),
    'a role deleted that no entry names': await counted(world, () => world.deleteRole('unrelated')),
    'a sweep that finds all healthy': await counted(world, () => world.takeInventory()),
  };
  expect(world.ran('rebind-entry').map(({ end }) => end)).toEqual(['Rebound', 'Rebound']);

  const lines = Object.entries(rows).map(([what, { transitions, invocations, calls }]) => {
    const { eks = 0, iam = 0, dynamodb = 0, ...others } = calls;
    const rest = Object.values(others).reduce((sum, count) => sum + count, 0);
    return `| ${[what, transitions, invocations, eks, iam, dynamodb, rest].join(' | ')} |`;
  });
  expect(lines.filter((line) => !page.includes(line))).toEqual([]);
});

test('so many alarms and metrics of our own are paid for as docs/cost.md says', () => {
  const { Resources } = synthesize({}, { account: '111122223333', region: 'us-east-1' });
  const alarms = Object.values(Resources).filter(({ Type }) => Type === 'AWS::CloudWatch::Alarm');
  // An alarm on an expression is billed for each metric in it (CloudWatch pricing).
  const metrics = alarms.map(({ Properties = {} }) => {
    const { Metrics: expression } = Properties;
    return Array.isArray(expression) ? expression.filter((one: object) => 'MetricStat' in one).length : 1;
  });
  const sum = metrics.reduce((all, count) => all + count, 0);
  expect(page).toContain(
    `| alarms | ${sum} metrics in ${alarms.length} alarms, $0.10 each | $${(sum / 10).toFixed(2)} |`,
  );
  const own = Object.keys(METRICS).length;
  expect(page).toContain(`| metrics of our own | ${own}, $0.30 each`);
});
