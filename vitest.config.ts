import { defineConfig } from 'vitest/config'

/** Both outer rings name it; it starts one server for the run. */
const databaseSetup = 'apps/gateway/test/database/global-setup.ts'

/** Vitest leaves one core to itself, which on CI's two would be half of them. */
const twoCores = 2

// One project a ring (CONTRIBUTING.md, "Tests"): the outer a ring, the more of the real thing it starts.
export default defineConfig({
  test: {
    // The apps are judged by behaviours and journeys; the packages' every line and branch is a promise with a test.
    coverage: {
      provider: 'v8',
      include: ['packages/{orchestrator,prior-auth,intelligence}/src/**/*.ts'],
      // They declare types only, or pass names on.
      exclude: ['packages/*/src/index.ts', '**/*.d.ts'],
      reporter: ['text-summary', 'text'],
      thresholds: {
        'packages/orchestrator/src/**': {
          lines: 100,
          branches: 100,
          functions: 100,
          statements: 100,
        },
        // Held where they stand. What is missing are the `??` of lookups that the compiler cannot see to succeed.
        'packages/{prior-auth,intelligence}/src/**': { lines: 98, branches: 90 },
      },
    },
    projects: [
      {
        // Without isolation the files of a worker share their modules: compiling the lexicon for each of 200 files costs two thirds of the
        // time. Module state in the packages is only ever a cache.
        test: {
          name: 'packages',
          isolate: false,
          maxWorkers: twoCores,
          sequence: { groupOrder: 1 },
          include: ['packages/*/{src,test}/**/*.test.ts', 'tools/evaluate/**/*.test.ts'],
          exclude: ['**/*.pg.test.ts', '**/pack.test.ts', '**/node_modules/**'],
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'apps',
          maxWorkers: twoCores,
          sequence: { groupOrder: 1 },
          include: ['apps/*/{src,test}/**/*.test.ts', 'tools/**/*.test.ts'],
          exclude: [
            '**/*.pg.test.ts',
            '**/*.browser.test.ts',
            'tools/evaluate/**',
            '**/node_modules/**',
          ],
          testTimeout: 60_000,
        },
      },
      {
        // Packages as their users install them.
        test: {
          name: 'packed',
          maxWorkers: twoCores,
          sequence: { groupOrder: 1 },
          include: ['packages/*/test/pack.test.ts'],
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'database',
          maxWorkers: twoCores,
          sequence: { groupOrder: 1 },
          include: ['{apps,packages}/*/{src,test}/**/*.pg.test.ts'],
          globalSetup: [databaseSetup],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'journeys',
          sequence: { groupOrder: 2 },
          include: ['journeys/**/*.test.ts', 'apps/*/test/**/*.browser.test.ts'],
          globalSetup: [databaseSetup],
          maxWorkers: twoCores,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
})
