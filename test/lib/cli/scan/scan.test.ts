import { describe, expect, test } from 'vitest';
import { runIn } from '../terminal.ts';
import { REGION, scannedWorld } from './scanned-world.ts';

type World = ReturnType<typeof scannedWorld>;

/** A node role that was made anew two hours ago, in a cluster of forty. */
function worldOf({ stale = true, clusters = 1, isTty = false } = {}): World {
  const world = scannedWorld({ isTty });
  world.putRole('nodes', { ageHours: stale ? 2 : 10 });
  world.putRole('deployer');
  for (let index = 0; index < clusters; index += 1) world.putCluster(`prod-${index}`);
  world.putEntry('prod-0', 'nodes', { type: 'EC2_LINUX' });
  world.putEntry('prod-0', 'deployer');
  return world;
}

const scan = (world: World, ...argv: string[]) => {
  const terminal = world.terminalOf();
  return world.run(() => runIn(terminal, 'scan', ...argv));
};

/** Part of AWS doesn't answer: another region's clusters. */
const withDarkRegion = (world: World): World => {
  const effect = { kind: 'fault', name: 'AccessDeniedException', message: 'no' } as const;
  world.aws.faults.inject({ operation: 'ListClusters', when: ({ region }) => region === 'us-east-1', effect });
  return world;
};
const BOTH = ['--region', REGION, '--region', 'us-east-1'];

describe('eks-rebind scan', () => {
  test('shows each entry in a line, and ends with the verdict', async () => {
    const { code, stdout, stderr } = await scan(worldOf());
    const lines = stdout.join('\n').split('\n');
    expect(lines[0]).toMatch(
      /^VERDICT +OUTAGE +REGION +CLUSTER +PRINCIPAL +TYPE +NODE GROUPS +ENTRY MADE +PRINCIPAL MADE +PRINCIPAL ID/,
    );
    expect(lines.slice(1, 3).map((line) => line.split(/ {2,}/).slice(0, 5))).toEqual([
      ['healthy', '-', REGION, 'prod-0', 'role/deployer'],
      ['stale', '2h', REGION, 'prod-0', 'role/nodes'],
    ]);
    expect(lines.at(-1)).toMatch(/^2 access entries in 1 cluster: 1 stale, 1 healthy\./);
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: [
        "judged without the service's records, so that no entry is unproven, orphaned or missing: there is no table 'eks-rebind-ledger' in us-east-1",
      ],
    });
  });

  test.each(['json', 'yaml', 'csv', 'sarif', 'junit'])(
    'as %s keeps to data on stdout, and has the verdict on stderr',
    async (format) => {
      const { stdout, stderr } = await scan(worldOf(), '-o', format);
      expect(stdout).toHaveLength(1);
      expect(stdout.join('')).toContain('prod-0');
      expect(stdout.join('')).not.toContain('access entries in');
      expect(stderr.at(-1)).toMatch(/^2 access entries in 1 cluster/);
    },
  );

  test('says nothing but the document when told to be quiet', async () => {
    const { stdout, stderr } = await scan(worldOf(), '-o', 'json', '--quiet');
    expect(JSON.parse(stdout.join(''))).toMatchObject({ schemaVersion: 1, summary: { entries: 2 } });
    expect(stderr).toEqual([]);
  });

  test.each([
    ['--cluster', 'prod-0', 2],
    ['--role', 'nodes', 1],
    ['--principal-arn', 'arn:aws:iam::111122223333:role/nodes', 1],
  ])('looks at what is chosen by %s', async (option, value, entries) => {
    const { stdout } = await scan(worldOf({ clusters: 3 }), '-o', 'json', option, value);
    expect(JSON.parse(stdout.join(''))).toMatchObject({ summary: { entries } });
  });
});

describe('the exit code of a scan', () => {
  test.each([
    ['0 where all is well', worldOf({ stale: false }), ['--fail', '--strict'], 0],
    ['0 where something is stale and nobody asked for more than a report', worldOf(), [], 0],
    ['2 where something is stale, with --fail', worldOf(), ['--fail'], 2],
    ['0 where a region is dark and nobody asked for more than a report', withDarkRegion(worldOf()), BOTH, 0],
    ['3 where a region is dark, with --strict', withDarkRegion(worldOf()), [...BOTH, '--strict'], 3],
    ['3 where both are so, with both', withDarkRegion(worldOf()), [...BOTH, '--strict', '--fail'], 3],
    ['2 where both are so, with --fail alone', withDarkRegion(worldOf()), [...BOTH, '--fail'], 2],
    ['1 where there is no such cluster', worldOf(), ['--cluster', 'prd'], 1],
    ['1 where the table that was named is not there', worldOf(), ['--ledger', 'other-ledger'], 1],
    ['1 for credentials of another account', worldOf(), ['--account', '444455556666'], 1],
  ])('is %s', async (_, world, argv, code) => {
    await expect(scan(world, ...argv)).resolves.toMatchObject({ code });
  });

  test('is 1 where nothing at all could be judged: that is no clean account', async () => {
    const { code, stderr } = await scan(withDarkRegion(worldOf()), '--region', 'us-east-1');
    expect(code).toBe(1);
    expect(stderr.at(-1)).toBe('error: nothing could be judged: AccessDeniedException: no');
  });
});

describe('while it runs', () => {
  test('it draws how far it has come, on a terminal, and clears that before it writes', async () => {
    const world = worldOf({ clusters: 40, isTty: true });
    world.aws.faults.inject({ operation: 'DescribeCluster', effect: { kind: 'slow', milliseconds: 300 } });
    const terminal = world.terminalOf();
    await world.run(() => runIn(terminal, 'scan'));
    const done = terminal.drawn.slice(0, -1).map((line) => {
      return Number(/^clusters (\d+)\/40 {2}entries \d {2}stale [01] {2}throttled 0 {2}eta (-|\d+s)$/.exec(line)?.[1]);
    });
    expect(done[0]).toBe(0);
    expect(done.length).toBeGreaterThan(5);
    expect(done).toEqual(done.toSorted((one, other) => one - other));
    expect(terminal.drawn.at(-1)).toBe('');
  });

  test('it draws nothing where nobody sees it', async () => {
    const world = worldOf({ clusters: 40 });
    const terminal = world.terminalOf();
    await world.run(() => runIn(terminal, 'scan'));
    expect(terminal.drawn).toEqual(['']);
  });

  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('%s has it write what is known by then, and end with %i', async (signal, code) => {
    const world = worldOf({ clusters: 40 });
    world.aws.faults.inject({ operation: 'DescribeCluster', effect: { kind: 'slow', milliseconds: 300 } });
    const terminal = world.terminalOf();
    void world.clock.pause(1_000).then(() => terminal.raise(signal));
    const ended = await world.run(() => runIn(terminal, 'scan', '-o', 'json', '--fail', '--strict'));
    expect(ended.code).toBe(code);
    const { summary, entries } = JSON.parse(ended.stdout.join(''));
    expect(summary).toMatchObject({ isComplete: false, clusters: 15, entries: 2 });
    expect(entries).toHaveLength(2);
    expect(ended.stderr).toContain('stopped: this is what was known after 15 clusters');
  });
});
