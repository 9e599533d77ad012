import { defineConfig } from 'vitest/config';

/** What takes minutes, and runs apart from the other tests: hundreds of stories, processes of their own, the real clock. */
export const APART = [
  'test/removals/**/*.test.ts',
  'test/first-aid/**/*.test.ts',
  'test/scan/**/*.test.ts',
  'test/aws-cli/**/*.test.ts',
  'test/lib/cli/bundled/bundled-story.test.ts',
  'test/lib/cli/fix/{killed,sigkill}.test.ts',
  'test/lib/cli/replay/replay.test.ts',
  'test/promises/durable-ledger.test.ts',
];

export default defineConfig({
  test: {
    include: APART,
    testTimeout: 60_000,
    maxWorkers: '100%',
    env: { CDK_VALIDATION: 'false' },
    // CI counts the tests that ran from this file.
    reporters: ['default', ['json', { outputFile: 'coverage/apart.json' }]],
  },
});
