import { defineConfig } from 'vitest/config'

/** The ring that mutants are tried against: the orchestrator's own tests, but for the processes that it starts. */
export default defineConfig({
  test: {
    include: ['packages/orchestrator/{src,test}/**/*.test.ts'],
    exclude: ['**/pack.test.ts'],
    setupFiles: ['packages/orchestrator/test/mutation/first-failure.ts'],
    testNamePattern: '^(?!a process that drains)',
    testTimeout: 2000,
    bail: 1,
  },
})
