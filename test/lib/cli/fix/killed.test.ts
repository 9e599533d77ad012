import { existsSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { isDeepStrictEqual } from 'node:util';
import { describe, expect, test } from 'vitest';
import { clockOf, createLife, handlerOf } from '../../../../lib/local/lambda/life.ts';
import type { FakeTerminal } from '../terminal.ts';
import { runIn } from '../terminal.ts';
import { fixWorld } from './fix-world.ts';

type World = ReturnType<typeof fixWorld>;
type Kill = { readonly moment: 'before' | 'after'; readonly call: number };

/** A terminal whose process can be killed before or after one of its AWS calls. */
function mortal(world: World, kill: Kill) {
  const terminal = world.terminal();
  const life = createLife();
  const strike = (moment: Kill['moment']) => (call: number) => {
    if (kill.moment === moment && kill.call === call) life.end('killed');
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

/** Runs a command until it ends or is killed. A killed process leaves its lock behind, and its id to nobody. */
async function runAndKill(world: World, argv: readonly string[], kill: Kill) {
  const { terminal, life } = mortal(world, kill);
  const end = await world.clock.run(() => Promise.race([runIn(terminal, ...argv), life.ended]));
  const lock = `${world.ledger}.lock`;
  if (end === 'killed' && existsSync(lock)) writeFileSync(lock, `99999999 ${hostname()}\n`);
  return end;
}

const IS_WRITE = /^(Create|Delete|Associate)/;
// From a few reads before the first write on: until then there is nothing to lose.
const READS_BEFORE = 3;

/** A command, what its world is like before, and how whoever finds it killed goes on. */
interface Story {
  readonly begin: () => Promise<World>;
  readonly argv: (world: World) => readonly string[];
  readonly goOn: (world: World) => readonly string[];
}

async function fixed(): Promise<World> {
  const world = fixWorld();
  await world.run(world.terminal(), 'fix', '--yes', '--role', 'people', '--ledger', world.ledger);
  await world.pass(60);
  return world;
}

const STORIES: Readonly<Record<string, Story>> = {
  fix: {
    begin: async () => fixWorld(),
    argv: ({ ledger }) => ['fix', '--yes', '--role', 'people', '--ledger', ledger],
    goOn: ({ ledger }) => ['fix', '--resume', ledger, '--yes', '-o', 'json'],
  },
  undo: {
    async begin() {
      const world = await fixed();
      world.change('people', {
        kubernetesGroups: ['strangers'],
        policies: world.entry('people')?.policies.slice(1) ?? [],
      });
      return world;
    },
    argv: ({ ledger }) => ['undo', ledger, '--yes'],
    goOn: ({ ledger }) => ['undo', ledger, '--yes', '-o', 'json'],
  },
};

/** The operations of the undisturbed command, in order, and the number of the first that may be killed. */
async function undisturbed({ begin, argv }: Story) {
  const world = await begin();
  const before = world.aws.calls.all.length;
  await world.run(world.terminal(), ...argv(world));
  const calls = world.aws.calls.all.slice(before).map(({ operation }) => operation);
  const first = calls.findIndex((operation) => IS_WRITE.test(operation)) + 1 - READS_BEFORE;
  return { calls, first };
}

describe.each(Object.entries(STORIES))('%s that is killed', (_name, story) => {
  test('makes calls that it can be killed at', async () => {
    const { calls } = await undisturbed(story);
    expect(calls).toEqual(expect.arrayContaining(['DeleteAccessEntry', 'CreateAccessEntry', 'AssociateAccessPolicy']));
  });

  test.each(['before', 'after'] as const)(
    '%s any of its calls: gone on with, the entry is whole',
    async (moment) => {
      const was = (await fixed()).configuration('people');
      const { calls, first } = await undisturbed(story);
      const broken: string[] = [];
      for (let call = first; call <= calls.length; call += 1) {
        const world = await story.begin();
        const steady = world.entry('steady');
        const end = await runAndKill(world, story.argv(world), { moment, call });
        const after = await world.run(world.terminal(), ...story.goOn(world));
        await world.pass(60);
        const isWhole = isDeepStrictEqual(world.configuration('people'), was) && world.authenticates('people') === 200;
        const isWell = end === 'killed' && after.code === 0 && isWhole && world.entry('steady') === steady;
        if (!isWell)
          broken.push(`${moment} call ${call}, ${calls[call - 1]}: exit ${after.code} ${after.stderr.join(' ')}`);
      }
      expect(broken).toEqual([]);
    },
    120_000,
  );
});
