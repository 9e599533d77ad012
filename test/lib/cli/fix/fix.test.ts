import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { documentIn, endsIn, fixWorld } from './fix-world.ts';

describe('fix', () => {
  test('plans and changes nothing where nobody is there to say yes', async () => {
    const world = fixWorld();
    const terminal = world.terminal();
    const { code, stdout } = await world.run(terminal, 'fix', '--ledger', world.ledger);
    expect(code).toBe(2);
    expect(stdout.at(-1)).toBe(
      '2 planned (of 3 looked at); nothing was changed: nobody was there to say yes; --yes goes ahead',
    );
    expect(stdout.join('\n')).toMatch(/role\/people in cluster prod \(eu-west-1\)\n {2}stale/);
    expect(world.writes()).toEqual([]);
    expect(existsSync(world.ledger)).toBe(false);
  });

  test('rebinds what it showed after a yes, with all it had', async () => {
    const world = fixWorld();
    const was = world.configuration('people');
    const oldArn = world.entry('people')?.arn;
    const result = await world.run(world.terminal(), 'fix', '--yes', '--ledger', world.ledger, '-o', 'json');
    expect(result.stderr.join('\n')).toContain(world.ledger);
    expect(endsIn(result)).toEqual({ people: 'Rebound', nodes: 'Rebound' });
    expect(result.code).toBe(0);
    expect(world.configuration('people')).toEqual(was);
    expect(world.entry('people')?.arn).not.toBe(oldArn);
    expect([world.authenticates('people'), world.authenticates('nodes'), world.authenticates('steady')]).toEqual([
      200, 200, 200,
    ]);
    expect(documentIn(result).summary.ledger).toBe(world.ledger);
  });
});
