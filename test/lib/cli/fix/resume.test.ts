import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { endsIn, fixWorld } from './fix-world.ts';

type World = ReturnType<typeof fixWorld>;

/** A world in which fix deleted the entry of `people` and could not make it again: EKS refused. */
async function leftDeleted(options: Parameters<typeof fixWorld>[0] = {}) {
  const world = fixWorld(options);
  const was = world.configuration('people');
  let creations = 0;
  // The first creation is Preflight's probe.
  const when = ({ operation }: { operation: string }) => operation === 'CreateAccessEntry' && (creations += 1) > 1;
  world.aws.faults.inject({ when, effect: { kind: 'fault', name: 'AccessDeniedException', message: 'no' } });
  const terminal = { ...world.terminal(), isInteractive: false };
  const result = await world.run(terminal, 'fix', '--yes', '--role', 'people', '--ledger', world.ledger);
  expect([result.code, world.entry('people')]).toEqual([1, undefined]);
  world.aws.faults.liftAll();
  const writes = world.writes().length;
  return { world, was, failed: result, writesSince: () => world.writes().slice(writes) };
}

const resume = (world: World, ...argv: string[]) =>
  world.run(world.terminal(), 'fix', '--resume', world.ledger, '-o', 'json', ...argv);

describe('fix --resume', () => {
  test('is what a fix that failed names', async () => {
    const { failed, world } = await leftDeleted();
    expect(failed.stdout.at(-1)).toMatch(/1 failed .*; go on with eks-rebind fix --resume/);
    expect(failed.stdout.at(-1)).toContain(world.ledger);
  });

  test('shows what is gone, and makes nothing without a yes', async () => {
    const { world, writesSince } = await leftDeleted();
    const result = await resume(world);
    expect([result.code, endsIn(result), writesSince()]).toEqual([2, { people: 'planned' }, []]);
    expect(result.stdout.join('\n')).toContain('ResumedDelete');
    expect(result.stdout.join('\n')).toContain('AmazonEKSEditPolicy');
  });

  test('makes it again, whole, after a yes', async () => {
    const { world, was } = await leftDeleted({ answers: ['yes'] });
    const result = await resume(world);
    await world.pass(60);
    expect([result.code, endsIn(result)]).toEqual([0, { people: 'Rebound' }]);
    expect([world.configuration('people'), world.authenticates('people')]).toEqual([was, 200]);
  });

  test('goes on after a last line that was cut short, and says so', async () => {
    const { world, was } = await leftDeleted();
    appendFileSync(world.ledger, '{"kind":"rec');
    const result = await resume(world, '--yes');
    expect(result.stderr.join('\n')).toContain('was cut short');
    expect([result.code, world.configuration('people')]).toEqual([0, was]);
  });

  test('refuses a file with a line in it that is none', async () => {
    const { world, writesSince } = await leftDeleted();
    const lines = readFileSync(world.ledger, 'utf8').split('\n');
    writeFileSync(world.ledger, [lines[0], 'nonsense', ...lines.slice(1)].join('\n'));
    const { code, stderr } = await resume(world, '--yes');
    expect([code, stderr]).toEqual([1, [expect.stringContaining(`'${world.ledger}', line 2: it is not JSON`)]]);
    expect(writesSince()).toEqual([]);
  });

  test('refuses the file of another account', async () => {
    const { world, writesSince } = await leftDeleted();
    const text = readFileSync(world.ledger, 'utf8');
    writeFileSync(world.ledger, text.replace('"accountId":"111122223333"', '"accountId":"444455556666"'));
    const { code, stderr } = await resume(world, '--yes');
    expect([code, stderr]).toEqual([
      1,
      [expect.stringMatching(/are for account 111122223333 .*, not for 444455556666/)],
    ]);
    expect(writesSince()).toEqual([]);
  });

  test('leaves it to an owner who made one of their own meanwhile', async () => {
    const { world, writesSince } = await leftDeleted();
    world.putEntry('prod', 'people', { type: 'STANDARD', kubernetesGroups: ['mine'], ageHours: -1 });
    const result = await resume(world, '--yes');
    expect([result.code, writesSince()]).toEqual([0, []]);
  });

  test('is bound to the role that lives now', async () => {
    const { world } = await leftDeleted();
    world.makeAnew('people');
    await world.pass(600);
    const result = await resume(world, '--yes');
    await world.pass(60);
    expect([result.code, world.authenticates('people')]).toEqual([0, 200]);
  });

  test('has nothing to do a second time', async () => {
    const { world } = await leftDeleted();
    await resume(world, '--yes');
    const again = await resume(world, '--yes');
    expect([again.code, endsIn(again)]).toEqual([0, {}]);
  });

  test('takes no file in which nothing was begun, or that is in use', async () => {
    const world = fixWorld();
    expect((await resume(world)).stderr).toEqual([`error: there is no ledger file '${world.ledger}'`]);
    writeFileSync(world.ledger, '{"kind":"ledger","schemaVersion":1,"accountId":"111122223333"}\n');
    expect((await resume(world)).stderr).toEqual([`error: nothing was begun in ledger file '${world.ledger}'`]);
    writeFileSync(`${world.ledger}.lock`, '1 elsewhere\n');
    expect((await resume(world)).stderr).toEqual([expect.stringContaining('is in use by process 1 on elsewhere')]);
  });
});
