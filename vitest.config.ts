import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'
import { createRunFolder } from './tools/run-folder.ts'

// Test workers, and the processes that tests start, inherit it.
process.env['TMPDIR'] = createRunFolder()

// Test files, threads and spawned gateways load the same modules many times. Coverage would be less precise with this cache.
if (!process.argv.includes('--coverage'))
  process.env['NODE_COMPILE_CACHE'] ??= fileURLToPath(
    new URL('node_modules/.cache/compiled', import.meta.url),
  )

/** Starts one database server for the run; two projects use it. */
const databaseSetup = 'apps/gateway/test/database/global-setup.ts'

/** By default, Vitest leaves one core free, which is half of the two that CI has. */
const twoCores = 2

/**
 * The files of a worker share their modules. Compiling the gateway and the lexicon for each of 400 files costs most of the processor
 * time, and module state in our code is only ever a cache.
 */
const sharedModules = { isolate: false }

/**
 * For what happens in another process, in a browser or at the next poll. By default, Vitest waits 1 s for a condition and 10 s for a hook: a busy machine takes
 * longer for what it does right, such as half a minute for a process that compiles the lexicon. They end sooner where it is done.
 */
const longWaits = {
  expect: { poll: { timeout: 30_000 } },
  testTimeout: 120_000,
  hookTimeout: 120_000,
}

/**
 * The longest files of the database tests and the journeys start first: at the end, a single one would leave one core idle for minutes.
 * Those that wait most of the time are beside those that compute, so that both cores are busy.
 */
const longest = [
  'journeys/operations.test.ts',
  'journeys/chaos.test.ts',
  'journeys/many-orders.test.ts',
  'journeys/clinician-reviews.test.ts',
  'journeys/other-ehrs.test.ts',
  'journeys/embedded-app.test.ts',
  'journeys/write-back.test.ts',
  'journeys/coordinator-clears-queue.test.ts',
  'journeys/connection.test.ts',
  'journeys/node-controls.test.ts',
  'journeys/people.test.ts',
  'test/durability.pg.test.ts',
  'journeys/poison.test.ts',
  'journeys/promises.test.ts',
  'forms/foreign/foreign-forms.pg.test.ts',
  'journeys/nothing-lost.test.ts',
  'journeys/authorization/role-table.test.ts',
  'src/earlier-server.pg.test.ts',
  'journeys/watched-encounters.test.ts',
  'journeys/payer-form-editor.test.ts',
  'test/forms/payer-forms.pg.test.ts',
  'journeys/webhooks-page.test.ts',
  'journeys/ten-orders.test.ts',
  'backup/refused-backup.pg.test.ts',
  'journeys/webhooks.test.ts',
  'journeys/launch-from-ehr.test.ts',
  'backup/folder-commands.pg.test.ts',
  'journeys/failed-start.test.ts',
  'journeys/queue-views.test.ts',
  'test/isolation.pg.test.ts',
  'journeys/live-queue.test.ts',
  'src/supervisor.pg.test.ts',
  'backup/relocate.pg.test.ts',
  'store/audit-log.pg.test.ts',
  'work-queue/many-orders.pg.test.ts',
]

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number => {
      const at = longest.findIndex((name) => moduleId.endsWith(`/${name}`))
      return at === -1 ? longest.length : at
    }
    return (await super.sort(files)).toSorted((one, other) => rank(one) - rank(other))
  }
}

// Each project starts more real parts than the previous one (CONTRIBUTING.md, "Tests").
export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    // Apps are tested by behavior and journeys. Packages must be covered line by line.
    coverage: {
      provider: 'v8',
      include: ['packages/{orchestrator,prior-auth,intelligence}/src/**/*.ts'],
      // These only declare types or re-export names.
      exclude: ['packages/*/src/index.ts', '**/*.d.ts'],
      reporter: ['text-summary', 'text'],
      thresholds: {
        'packages/orchestrator/src/**': {
          lines: 100,
          branches: 100,
          functions: 100,
          statements: 100,
        },
        // Today's coverage. The rest is `??` after lookups that always succeed, which the compiler cannot know.
        'packages/{prior-auth,intelligence}/src/**': { lines: 98, branches: 90 },
      },
    },
    projects: [
      {
        test: {
          name: 'packages',
          ...sharedModules,
          ...longWaits,
          maxWorkers: twoCores,
          sequence: { groupOrder: 1 },
          include: ['packages/*/{src,test}/**/*.test.ts', 'tools/evaluate/**/*.test.ts'],
          exclude: ['**/*.pg.test.ts', '**/pack.test.ts', '**/node_modules/**'],
        },
      },
      {
        test: {
          name: 'apps',
          ...sharedModules,
          ...longWaits,
          maxWorkers: twoCores,
          sequence: { groupOrder: 1 },
          include: ['apps/*/{src,test}/**/*.test.ts', 'tools/**/*.test.ts'],
          exclude: [
            '**/*.pg.test.ts',
            '**/*.browser.test.ts',
            'tools/evaluate/**',
            '**/node_modules/**',
          ],
        },
      },
      {
        // Packages, installed as their users install them.
        test: {
          name: 'packed',
          ...longWaits,
          maxWorkers: twoCores,
          sequence: { groupOrder: 1 },
          include: ['packages/*/test/pack.test.ts'],
        },
      },
      {
        test: {
          name: 'database',
          ...sharedModules,
          ...longWaits,
          // They wait for the database.
          maxWorkers: 3,
          sequence: { groupOrder: 2 },
          include: ['{apps,packages}/*/{src,test}/**/*.pg.test.ts'],
          globalSetup: [databaseSetup],
        },
      },
      {
        test: {
          name: 'journeys',
          ...sharedModules,
          ...longWaits,
          sequence: { groupOrder: 2 },
          include: ['journeys/**/*.test.ts', 'apps/*/test/**/*.browser.test.ts'],
          globalSetup: [databaseSetup, 'journeys/unpack-browser.ts'],
          // They wait for polls, leases and browsers half of the time.
          maxWorkers: 3,
        },
      },
    ],
  },
})
