import { describe, expect, test } from 'vitest';
import { ADMIN, EDIT, fakeWorld, REF, VIEW } from './world/fake-world.ts';
import type { FakeWorld } from './world/fake-world.ts';
import { roleMadeAnew, runRebind, startRebind } from './world/run-rebind.ts';
import type { StepName } from './world/run-rebind.ts';
import { Killed } from './world/tap.ts';
import type { Tap } from './world/tap.ts';

interface Story {
  readonly outcome: string;
  /** The entry's owner and its role before the story. */
  readonly prepare: (world: FakeWorld) => Promise<void>;
  /** What others do just before a step. */
  readonly meanwhile?: (world: FakeWorld, step: StepName, round: number) => void;
}

async function standardEntry(world: FakeWorld): Promise<void> {
  world.putCluster();
  world.putRole('AROAOLD');
  world.tick(600);
  const tags = { team: 'orders', 'aws:eks:managed': 'true' };
  world.putEntry({ username: 'readers:{{SessionName}}', kubernetesGroups: ['readers'], tags }, [VIEW, EDIT]);
  await roleMadeAnew(world);
}

const STORIES: Record<string, Story> = {
  'a person’s entry with policies': { outcome: 'Rebound', prepare: standardEntry },
  'a node entry': {
    outcome: 'Rebound',
    prepare: async (world) => {
      world.putCluster({ authenticationMode: 'API_AND_CONFIG_MAP' });
      world.putRole('AROAOLD');
      world.putEntry({ type: 'EC2_LINUX', createdAt: world.tick(600) });
      await roleMadeAnew(world);
    },
  },
  'an administrator': {
    outcome: 'NeedsApproval',
    prepare: async (world) => {
      world.putCluster();
      world.putRole('AROAOLD');
      world.tick(600);
      world.putEntry({}, [ADMIN]);
      await roleMadeAnew(world);
    },
  },
  'an entry that is not stale': {
    outcome: 'NotStale',
    prepare: async (world) => {
      await standardEntry(world);
      world.tick(600);
      world.putEntry({}, [VIEW]);
    },
  },
  'an owner who changes the entry before the delete': {
    outcome: 'Rebound',
    prepare: standardEntry,
    meanwhile: (world, step, round) =>
      void (round === 0 && step === 'DeleteEntry' && world.changeEntry({ tags: { team: 'till' } }, [VIEW])),
  },
  'an owner who deletes the entry before the preflight': {
    outcome: 'LeftToOwner',
    prepare: standardEntry,
    meanwhile: (world, step, round) => void (round === 0 && step === 'Preflight' && world.removeEntry()),
  },
  'an owner who makes another entry after the delete': {
    outcome: 'LeftToOwner',
    prepare: standardEntry,
    meanwhile: (world, step, round) =>
      void (round === 0 && step === 'CreateEntry' && world.putEntry({ tags: { team: 'till' } }, [EDIT])),
  },
  'an opt-out that comes after the delete': {
    outcome: 'Refused',
    prepare: standardEntry,
    meanwhile: (world, step, round) =>
      void (
        round === 0 &&
        step === 'CreateEntry' &&
        world.putRole('AROANEW', { tags: { 'eks-rebind:opt-out': '' }, createdAt: ago(world) })
      ),
  },
  'a delete whose answer is lost': {
    outcome: 'Rebound',
    prepare: standardEntry,
    meanwhile: (world, step) => void (step === 'DeleteEntry' && world.deletes.push(() => 'unclear')),
  },
  'a delete that strikes late, after the owner changed the entry': {
    outcome: 'NeedsApproval',
    prepare: standardEntry,
    meanwhile: (world, step, round) => {
      if (round === 0 && step === 'DeleteEntry') {
        world.deletes.push(() => {
          world.changeEntry({ tags: { team: 'till' } });
          return 'unclear';
        });
      }
      if (round === 1 && step === 'Preflight') world.removeEntry();
    },
  },
  'a role made anew once more after the delete': {
    outcome: 'Superseded',
    prepare: standardEntry,
    meanwhile: (world, step, round) => void (round === 0 && step === 'CreateEntry' && world.putRole('AROANEWER')),
  },
};

const ago = (world: FakeWorld) => [...world.principals.values()][0]?.createdAt ?? '';

/** Plays the story; the `kill`th port call is killed, before or after its effect. */
async function play(
  story: Story,
  { kill, when, twice = false }: { kill?: number; when?: 'before' | 'after'; twice?: boolean },
) {
  let calls = 0;
  let counts = false;
  const tap: Tap = {
    before: () => {
      if (counts) calls += 1;
      if (counts && calls === kill && when === 'before') throw new Killed();
    },
    after: () => {
      if (counts && calls === kill && when === 'after') throw new Killed();
    },
  };
  const world = fakeWorld(tap);
  await story.prepare(world);
  const input = await startRebind(world);
  counts = true;
  const beforeStep = (step: StepName, round: number) => story.meanwhile?.(world, step, round);
  const outcome = await runRebind(world, input, { twice, beforeStep });
  counts = false;
  const stored = await world.bare.ledger.read(REF);
  const standing = world.standing();
  const { journal, bound, boundFingerprint, asked = [] } = stored?.record ?? {};
  return {
    calls,
    announced: world.announced.length > 0,
    end: {
      outcome: { name: outcome.name, rules: outcome.reasons.map(({ rule }) => rule) },
      entry: standing && { ...configurationOf(standing.entry), policies: standing.policies, boundId: standing.boundId },
      journal: { phase: journal?.phase, outcome: journal?.outcome?.name, generation: journal?.generation },
      snapshotKept: Boolean(journal?.snapshot),
      bound: bound?.principalId,
      boundFingerprint,
      asked: asked.map(({ principalId, rules }) => ({ principalId, rules })),
    },
  };
}

function configurationOf({
  type,
  username,
  kubernetesGroups,
  tags,
}: {
  type: string;
  username: string;
  kubernetesGroups: readonly string[];
  tags: object;
}) {
  return { type, username, kubernetesGroups, tags };
}

describe.each(Object.entries(STORIES))('%s', (_name, story) => {
  test(`ends as ${story.outcome}`, async () => {
    const { end, announced } = await play(story, {});
    expect(end.outcome.name).toBe(story.outcome);
    expect(announced).toBe(true);
  });

  test('ends the same when every step runs twice', async () => {
    const undisturbed = await play(story, {});
    expect((await play(story, { twice: true })).end).toEqual(undisturbed.end);
  });

  test.each(['before', 'after'] as const)('ends the same when killed %s the effect of any port call', async (when) => {
    const undisturbed = await play(story, {});
    expect(undisturbed.calls).toBeGreaterThan(5);
    for (let kill = 1; kill <= undisturbed.calls; kill += 1) {
      const { end } = await play(story, { kill, when });
      expect(end, `killed ${when} call ${kill}`).toEqual(undisturbed.end);
    }
  });
});
