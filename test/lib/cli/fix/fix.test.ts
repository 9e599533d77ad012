import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { documentIn, endsIn, fixWorld, whenDrawn } from './fix-world.ts';

describe('fix without a yes', () => {
  test('plans and changes nothing where nobody is there to say it', async () => {
    const world = fixWorld();
    const { code, stdout } = await world.run(world.terminal(), 'fix', '--ledger', world.ledger);
    expect(code).toBe(2);
    expect(stdout.at(-1)).toBe(
      '2 planned (of 3 looked at); nothing was changed: nobody was there to say yes; --yes goes ahead',
    );
    expect(stdout.join('\n')).toMatch(/role\/people in cluster prod \(eu-west-1\)\n {2}stale/);
    expect(world.writes()).toEqual([]);
    expect(existsSync(world.ledger)).toBe(false);
  });

  test('is a dry run where that is what was asked for', async () => {
    const world = fixWorld({ answers: [] });
    const { code, stdout } = await world.run(world.terminal(), 'fix', '--dry-run');
    expect([code, stdout.at(-1)]).toEqual([
      0,
      '2 planned (of 3 looked at); nothing was changed: a dry run; --yes goes ahead',
    ]);
    expect(world.writes()).toEqual([]);
  });

  test('tells the plan as one document, too', async () => {
    const world = fixWorld();
    const result = await world.run(world.terminal(), 'fix', '--role', 'people', '-o', 'json');
    expect(result.code).toBe(2);
    expect(documentIn(result)).toMatchObject({
      schemaVersion: 1,
      summary: { planned: 1, refused: 0, rebound: 0 },
      entries: [
        {
          clusterName: 'prod',
          verdict: 'stale',
          entryCreatedAt: '2026-11-24T03:00:00.000Z',
          principalCreatedAt: '2026-11-24T11:00:00.000Z',
          action: 'ask',
          guard: [{ rule: 'NoRuleMatches' }],
          before: { tags: { team: 'orders' } },
          outcome: { end: 'planned' },
        },
      ],
    });
  });

  test('has nothing to say yes to where nothing is stale', async () => {
    const world = fixWorld();
    const { code, stdout } = await world.run(world.terminal(), 'fix', '--role', 'steady');
    expect([code, stdout]).toEqual([0, ['nothing to do (of 1 looked at)']]);
  });

  test('changes nothing where more is to be rebound than was thought', async () => {
    const world = fixWorld();
    const { code, stderr } = await world.run(world.terminal(), 'fix', '--yes', '--max-rebinds', '1');
    expect([code, stderr.at(-1)]).toEqual([
      1,
      'error: 2 entries are to be rebound, and --max-rebinds lets it be 1 at the most; nothing was changed',
    ]);
    const percent = await world.run(world.terminal(), 'fix', '--yes', '--max-rebinds', '50%');
    expect(percent.stderr.at(-1)).toContain('50% of 3, 1 at the most');
    expect(world.writes()).toEqual([]);
  });
});

describe('fix with a yes', () => {
  test('rebinds what it showed, with all it had', async () => {
    const world = fixWorld();
    const was = world.configuration('people');
    const oldArn = world.entry('people')?.arn;
    const result = await world.run(world.terminal(), 'fix', '--yes', '--ledger', world.ledger, '-o', 'json');
    expect(result.stderr.join('\n')).toContain(`eks-rebind fix --resume ${world.ledger}`);
    expect([result.code, endsIn(result)]).toEqual([0, { people: 'Rebound', nodes: 'Rebound' }]);
    expect(world.configuration('people')).toEqual(was);
    expect(world.entry('people')?.arn).not.toBe(oldArn);
    expect(['people', 'nodes', 'steady'].map(world.authenticates)).toEqual([200, 200, 200]);
    expect(documentIn(result).summary.ledger).toBe(world.ledger);
  });

  test('asks about each entry, and leaves alone what nobody said yes to', async () => {
    const world = fixWorld({ answers: ['no', 'yes'] });
    const terminal = world.terminal();
    const { code, stdout } = await world.run(terminal, 'fix', '--ledger', world.ledger);
    expect(terminal.questions).toHaveLength(2);
    expect([code, stdout.at(-1)]).toEqual([
      2,
      `1 rebound, 1 declined (of 3 looked at); ${world.ledger} remembers what was there`,
    ]);
    expect(['people', 'nodes'].map(world.authenticates)).toEqual([200, 401]);
  });

  test("takes 'all' for the rest", async () => {
    const world = fixWorld({ answers: ['all'] });
    const { code } = await world.run(world.terminal(), 'fix', '--ledger', world.ledger);
    expect([code, ...['people', 'nodes'].map(world.authenticates)]).toEqual([0, 200, 200]);
  });

  test('does nothing after a no', async () => {
    const world = fixWorld({ answers: ['no', ''] });
    const { code, stdout } = await world.run(world.terminal(), 'fix', '--ledger', world.ledger);
    expect(code).toBe(2);
    expect(stdout.at(-1)).toBe('2 declined (of 3 looked at); nothing was changed');
    expect([world.writes(), existsSync(world.ledger)]).toEqual([[], false]);
  });

  test('goes over no refusal', async () => {
    const world = fixWorld();
    world.putEntry('prod', 'nodes', { type: 'EC2_LINUX', tags: { 'eks-rebind:opt-out': '' } });
    const result = await world.run(world.terminal(), 'fix', '--yes', '--ledger', world.ledger, '-o', 'json');
    expect([result.code, endsIn(result)]).toEqual([2, { people: 'Rebound', nodes: 'refused' }]);
    expect(world.authenticates('nodes')).toBe(401);
  });

  test('waits until a young role has settled', async () => {
    const world = fixWorld();
    world.putRole('nodes', { ageHours: 10 / 3_600 });
    const terminal = world.terminal();
    const { code } = await world.run(terminal, 'fix', '--yes', '--role', 'nodes', '--ledger', world.ledger);
    expect(code).toBe(0);
    const made = world.aws.iam.findByArn(world.entry('nodes')?.ref.principalArn ?? '')?.createDate ?? 0;
    expect((world.entry('nodes')?.createdAt ?? 0) - made).toBeGreaterThanOrEqual(120_000);
    expect(terminal.drawn).toContainEqual(expect.stringMatching(/prod\/nodes {2}waiting for IAM to settle/));
  });
});

describe('fix of something that changes meanwhile', () => {
  test('does nothing that was not shown, and says so', async () => {
    const world = fixWorld();
    const terminal = whenDrawn(world.terminal(), /waiting for IAM/, () =>
      world.change('people', { kubernetesGroups: ['more'] }),
    );
    const argv = ['fix', '--yes', '--role', 'people', '--ledger', world.ledger, '-o', 'json'];
    const result = await world.run(terminal, ...argv);
    expect([result.code, endsIn(result)]).toEqual([2, { people: 'changed' }]);
    expect(world.writes()).toEqual([]);
  });

  test('shows it anew to whoever is there, and asks again', async () => {
    const world = fixWorld({ answers: ['yes', 'yes'] });
    const terminal = whenDrawn(world.terminal(), /waiting for IAM/, () =>
      world.change('people', { kubernetesGroups: ['more'] }),
    );
    const result = await world.run(terminal, 'fix', '--role', 'people', '--ledger', world.ledger);
    expect(terminal.questions).toHaveLength(2);
    expect(result.stdout.join('\n')).toContain('groups: more');
    expect([result.code, world.authenticates('people')]).toEqual([0, 200]);
    expect(world.configuration('people')?.kubernetesGroups).toEqual(['more']);
  });

  test('leaves an entry to the role that was made anew once more', async () => {
    const world = fixWorld();
    const terminal = whenDrawn(world.terminal(), /waiting for IAM/, () => world.makeAnew('people'));
    const argv = ['fix', '--yes', '--role', 'people', '--ledger', world.ledger, '-o', 'json'];
    const result = await world.run(terminal, ...argv);
    expect([result.code, endsIn(result)]).toEqual([2, { people: 'superseded' }]);
    expect(world.writes()).toEqual([]);
  });
});

describe('fix that is told to stop', () => {
  test('stops at once where nothing is deleted yet', async () => {
    const world = fixWorld();
    const terminal = world.terminal();
    const stopping = whenDrawn(terminal, /waiting for IAM/, () => terminal.raise('SIGINT'));
    const result = await world.run(stopping, 'fix', '--yes', '--ledger', world.ledger, '-o', 'json');
    expect([result.code, endsIn(result)]).toEqual([130, { people: 'stopped', nodes: 'stopped' }]);
    expect(world.writes()).toEqual([]);
  });

  test('lets no step follow the one that is under way', async () => {
    const world = fixWorld();
    const terminal = world.terminal();
    const stopping = whenDrawn(terminal, /people {2}InspectEntry/, () => terminal.raise('SIGINT'));
    const argv = ['fix', '--yes', '--role', 'people', '--ledger', world.ledger, '-o', 'json'];
    const result = await world.run(stopping, ...argv);
    await world.pass(600);
    expect([result.code, endsIn(result), world.writes()]).toEqual([130, { people: 'stopped' }, []]);
  });

  test('first finishes an entry that is past its delete, and begins no other', async () => {
    const world = fixWorld();
    const terminal = world.terminal();
    const stopping = whenDrawn(terminal, /CreateEntry/, () => terminal.raise('SIGTERM'));
    const argv = ['fix', '--yes', '--concurrency', '1', '--ledger', world.ledger, '-o', 'json'];
    const result = await world.run(stopping, ...argv);
    expect([result.code, endsIn(result)]).toEqual([143, { nodes: 'Rebound', people: 'stopped' }]);
    await world.pass(60);
    expect(['nodes', 'people'].map(world.authenticates)).toEqual([200, 401]);
  });

  test('ends during its scan, too', async () => {
    const world = fixWorld();
    const terminal = world.terminal();
    const stopping = whenDrawn(terminal, /clusters 0\/1/, () => terminal.raise('SIGINT'));
    expect((await world.run(stopping, 'fix', '--yes')).code).toBe(130);
  });
});

const makesNodesEntry = ({ operation }: { operation: string }, input: object) =>
  operation === 'CreateAccessEntry' && JSON.stringify(input).includes('role/nodes');

describe('fix that fails', () => {
  test('ends with 1, names the error, and holds up no other entry', async () => {
    const world = fixWorld();
    const effect = { kind: 'fault', name: 'AccessDeniedException', message: 'not authorized' } as const;
    world.aws.faults.inject({ when: makesNodesEntry, effect });
    const result = await world.run(world.terminal(), 'fix', '--yes', '--ledger', world.ledger, '-o', 'json');
    expect([result.code, endsIn(result)]).toEqual([1, { nodes: 'failed', people: 'Rebound' }]);
    expect(documentIn(result).entries.find(({ principalArn }) => principalArn.endsWith('nodes'))?.outcome.error).toBe(
      'CannotRecreate',
    );
  });
});
