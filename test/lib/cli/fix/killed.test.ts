import { readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { describe, expect, test } from 'vitest';
import { clockOf, createLife, handlerOf } from '../../../../lib/local/lambda/life.ts';
import type { FakeTerminal } from '../terminal.ts';
import { runIn } from '../terminal.ts';
import { endsIn, fixWorld } from './fix-world.ts';

type World = ReturnType<typeof fixWorld>;
const FIX = ['fix', '--yes', '--role', 'people', '-o', 'json'];

/** A terminal whose process can be killed before or after one of its AWS calls, and the operations that it called. */
function mortal(world: World, kill?: { readonly moment: 'before' | 'after'; readonly call: number }) {
  const terminal = world.terminal();
  const life = createLife();
  const strike = (moment: 'before' | 'after') => (call: number) => {
    if (kill?.moment === moment && kill.call === call) life.end('killed');
  };
  const { runtime } = terminal;
  const { requestHandler } = runtime;
  if (!requestHandler) throw new Error('this terminal has no way to AWS');
  const inside = {
    ...runtime,
    clock: clockOf(life, runtime.clock),
    requestHandler: handlerOf(life, requestHandler, { before: strike('before'), after: strike('after') }),
  };
  const bound: FakeTerminal = { ...terminal, runtime: inside };
  return { terminal: bound, life };
}

/** Runs fix until it ends or is killed. A killed process leaves its lock behind, and its id to nobody. */
async function fixAndKill(world: World, kill: { readonly moment: 'before' | 'after'; readonly call: number }) {
  const { terminal, life } = mortal(world, kill);
  const run = () => Promise.race([runIn(terminal, ...FIX, '--ledger', world.ledger), life.ended]);
  const end = await world.clock.run(run);
  if (end === 'killed' && isThere(`${world.ledger}.lock`))
    writeFileSync(`${world.ledger}.lock`, `99999999 ${hostname()}\n`);
  return end;
}

function isThere(file: string): boolean {
  try {
    return readFileSync(file).length > 0;
  } catch {
    return false;
  }
}

/** Operations of an undisturbed run, in order. */
async function undisturbed(): Promise<string[]> {
  const world = fixWorld();
  await world.run(world.terminal(), ...FIX, '--ledger', world.ledger);
  return world.aws.calls.all.map(({ operation }) => operation);
}

const calls = await undisturbed();
const firstWrite = calls.findIndex((operation) => /^(Create|Delete|Associate)/.test(operation));

describe('fix that is killed', () => {
  test('makes calls that it can be killed at', () => {
    expect(calls.slice(firstWrite)).toEqual(
      expect.arrayContaining(['DeleteAccessEntry', 'CreateAccessEntry', 'AssociateAccessPolicy']),
    );
  });

  // From a few reads before the first write on: until then there is nothing to lose.
  const points = calls.slice(firstWrite - 3).map((operation, index) => ({ operation, call: firstWrite - 2 + index }));
  test.each(['before', 'after'] as const)('%s any of its calls: resumed, the entry is whole', async (moment) => {
    const broken: string[] = [];
    for (const { operation, call } of points) {
      const world = fixWorld();
      const was = world.configuration('people');
      const steady = world.entry('steady');
      const end = await fixAndKill(world, { moment, call });
      const resumed = await world.run(world.terminal(), 'fix', '--resume', world.ledger, '--yes', '-o', 'json');
      await world.pass(60);
      const { people = 'whole' } = endsIn(resumed);
      const isWhole = JSON.stringify(world.configuration('people')) === JSON.stringify(was);
      const isWell = end === 'killed' && isWhole && world.authenticates('people') === 200 && resumed.code === 0;
      const isElse = world.entry('steady') === steady;
      if (!isWell || !isElse)
        broken.push(
          `${moment} call ${call}, ${operation}: ${people}, exit ${resumed.code} ${resumed.stderr.join(' ')}`,
        );
    }
    expect(broken).toEqual([]);
  });
});
