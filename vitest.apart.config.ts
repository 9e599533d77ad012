import { defineConfig } from 'vitest/config';

// Run apart from the other tests, since they take minutes: some hundred stories, each with something taken away, and first aid
// on the real clock.
export default defineConfig({
  test: {
    include: ['test/removals/**/*.test.ts', 'test/first-aid/**/*.test.ts'],
    testTimeout: 60_000,
    maxWorkers: '100%',
    env: { CDK_VALIDATION: 'false' },
    // CI counts the tests that ran from this file.
    reporters: ['default', ['json', { outputFile: 'coverage/apart.json' }]],
  },
});
