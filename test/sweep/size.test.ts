import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { tallyFrom, tellNotSearched } from '../../lib/core/sweep-tally.ts';
import { simulate, type Simulation } from '../simulator/simulate.ts';

// Entries of 300 clusters fit the sweep's limits: docs/how-it-works.md shows the sum, and is held to what is measured here.

const CLUSTERS = 300;
const ENTRIES = 10_000;
// The limits of Step Functions (developer guide, "Service quotas"): events of a history, bytes of a state's data.
const MOST_EVENTS = 25_000;
const MOST_BYTES = 256 * 1024;
// What the limiter falls back to once AWS has throttled a call (lib/aws/limiter.ts: 100 ms apart).
const CALLS_A_MINUTE = 600;

const roles = Array.from({ length: Math.ceil(ENTRIES / CLUSTERS) }, (_, index) => ({ name: `role-${index}` }));
const clusters = Array.from({ length: CLUSTERS }, (_, index) => ({ name: `cluster-${index}` }));
const entries = Array.from({ length: ENTRIES }, (_, index) => ({
  role: `role-${Math.floor(index / CLUSTERS)}`,
  cluster: `cluster-${index % CLUSTERS}`,
}));

/** What one sweep took. */
async function measuredSweep(world: Simulation) {
  const callsBefore = world.aws.calls.all.length;
  const sweepsBefore = world.aws.stepFunctions.world.executions.size;
  const output = await world.takeInventory();
  const operations = world.aws.calls.all.slice(callsBefore).map(({ operation }) => operation);
  const executions = [...world.aws.stepFunctions.world.executions.values()].slice(sweepsBefore);
  const [whole = 0, region = 0] = executions.map(({ history }) => history.events.length);
  const texts = executions.flatMap(({ history }) => JSON.stringify(history.events).match(/"(?:[^"\\]|\\.)*"/g) ?? []);
  return {
    output,
    operations,
    calls: operations.length,
    described: operations.filter((operation) => operation === 'DescribeAccessEntry').length,
    passes: operations.filter((operation) => operation === 'ListRoles').length,
    events: { whole, region },
    bytes: Math.max(...texts.map((text) => Buffer.byteLength(text))),
  };
}

test('a second sweep over 300 clusters and 10,000 healthy entries describes none of them', async () => {
  const world = await simulate({ roles, clusters, entries, inventory: false });
  const sweeps = [await measuredSweep(world), await measuredSweep(world)];
  for (const { output } of sweeps) expect(output).toMatchObject({ name: 'Swept', counts: { healthy: ENTRIES } });
  expect(sweeps.map(({ described }) => described)).toEqual([ENTRIES, 0]);
  for (const { events, bytes } of sweeps) {
    expect(Math.max(events.whole, events.region)).toBeLessThan(MOST_EVENTS / 10);
    expect(bytes).toBeLessThan(MOST_BYTES / 10);
  }

  const row = (what: string, of: (sweep: (typeof sweeps)[number]) => number) =>
    `| ${[what, ...sweeps.map((sweep) => of(sweep).toLocaleString('en-US'))].join(' | ')} |`;
  const rows = [
    row('calls of AWS', ({ calls }) => calls),
    row('of these `DescribeAccessEntry`', ({ described }) => described),
    row('calls of `SweepRegion`', ({ passes }) => passes),
    row("events in the region's history (25,000 allowed)", ({ events }) => events.region),
    row("events in the whole sweep's history (25,000 allowed)", ({ events }) => events.whole),
    row('largest input or output, bytes (262,144 allowed)', ({ bytes }) => bytes),
    row('minutes at ten calls a second', ({ calls }) => Math.ceil(calls / CALLS_A_MINUTE)),
  ];
  const page = readFileSync(new URL('../../docs/how-it-works.md', import.meta.url), 'utf8').replaceAll(/ +/g, ' ');
  expect(rows.filter((text) => !page.includes(text))).toEqual([]);
}, 60_000);

test('a region of which nothing can be searched fits as well', () => {
  const tally = tallyFrom(null);
  const place = { accountId: '111122223333', region: 'eu-west-1' };
  for (let index = 0; index < CLUSTERS; index += 1) {
    const clusterName = `${index}`.padStart(100, 'c');
    tellNotSearched(tally, { ...place, clusterName, reason: 'x'.repeat(500), mustSearch: true });
  }
  expect(tally.failures).toBe(CLUSTERS);
  expect(JSON.stringify(tally).length).toBeLessThan(MOST_BYTES / 10);
});
