import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { inEnvelope } from './records.ts';
import { replayed } from './replayed.ts';

// Records as AWS wrote them, kept beside the project and not copied into it.
const records = resolve('../shared/cloudtrail/terraform-roles.json');

describe.skipIf(!existsSync(records))('records that AWS wrote', () => {
  test('are replayed as promised: each role they make is rebound if it lives long enough', async () => {
    const { code, stderr, document } = await replayed(readFileSync(records, 'utf8'));
    expect({ code, stderr }).toEqual({ code: 0, stderr: [] });
    const names = new Set(document.entries.map(({ principalArn }) => principalArn));
    expect(names.size).toBe(6);
    expect(document.untouched.every(({ changed }) => !changed)).toBe(true);
    const users = document.untouched.filter(({ principalArn }) => principalArn.includes(':user/'));
    expect(users.length).toBeGreaterThan(0);
    expect(document.passedOver).toEqual([]);
  });

  test('come to the same in EventBridge’s envelopes', async () => {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the file is what AWS wrote
    const { Records } = JSON.parse(readFileSync(records, 'utf8')) as { Records: Parameters<typeof inEnvelope>[0][] };
    const { code, stderr, document } = await replayed(Records.map(inEnvelope));
    expect({ code, stderr }).toEqual({ code: 0, stderr: [] });
    expect(new Set(document.entries.map(({ principalArn }) => principalArn)).size).toBe(6);
  });
});

test.runIf(!existsSync(records))(
  'LEFT OUT: ../shared/cloudtrail is not there, so no real records were replayed',
  () => {
    expect(existsSync(records)).toBe(false);
  },
);
