import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  FakeClock,
  OrchestratorStoppedError,
  QueueFullError,
  TaskOrchestrator,
} from '../src/index.ts'

type Command =
  | {
      readonly kind: 'submit'
      readonly group: string
      readonly priority: number
      readonly failures: number
      readonly lastsMs: number
    }
  | { readonly kind: 'abort'; readonly index: number }
  | { readonly kind: 'advance'; readonly ms: number }
  | { readonly kind: 'resize'; readonly workers: number }
  | { readonly kind: 'pause' }
  | { readonly kind: 'resume' }

const command: fc.Arbitrary<Command> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('submit' as const),
      group: fc.constantFrom('a', 'b'),
      priority: fc.constantFrom(0, 1),
      failures: fc.integer({ min: 0, max: 4 }),
      lastsMs: fc.constantFrom(0, 10, 5000),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('advance' as const),
      ms: fc.constantFrom(1, 100, 2500, 20_000),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('abort' as const), index: fc.nat(50) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('resize' as const),
      workers: fc.integer({ min: 1, max: 4 }),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'pause' as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'resume' as const }) },
)

describe('any schedule of submit, finish, fail, abort, resize, pause and stop', () => {
  it('settles each accepted task exactly once, keeps the bound and the order, and leaves no timer behind', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(command, { maxLength: 40 }), async (commands) => {
        const clock = new FakeClock()
        const maxBacklog = 5
        let mostWorkers = 2
        const started: { readonly lane: string; readonly number: number }[] = []
        const settlements: number[] = []
        const aborts: AbortController[] = []
        const orchestrator = new TaskOrchestrator({
          clock,
          workerCount: 2,
          maxBacklog,
          groupConcurrency: 2,
          settleGraceMs: 10,
        })
        let accepted = 0

        const submit = ({
          group,
          priority,
          failures,
          lastsMs,
        }: Extract<Command, { kind: 'submit' }>) => {
          const number = settlements.length
          const abort = new AbortController()
          if (orchestrator.stats.waitingCount > 0 || orchestrator.queuedCount >= maxBacklog) {
            expect(() => orchestrator.run({ name: 'refused', run: () => 0 })).toThrow(
              QueueFullError,
            )
            return
          }
          settlements.push(0)
          aborts.push(abort)
          accepted += 1
          const settle = () => {
            settlements[number] = (settlements[number] ?? 0) + 1
          }
          orchestrator
            .execute({
              name: `task-${number}`,
              group,
              priority,
              signal: abort.signal,
              run({ attempt, signal }) {
                if (attempt === 1) started.push({ lane: `${priority} ${group}`, number })
                return new Promise<void>((resolve, reject) => {
                  const end = () =>
                    attempt <= failures ? reject(new Error('transient')) : resolve()
                  const timer = clock.setTimer(end, lastsMs)
                  signal.addEventListener('abort', () => {
                    timer.cancel()
                    reject(signal.reason)
                  })
                })
              },
            })
            .then(settle, settle)
        }

        for (const one of commands) {
          if (one.kind === 'submit') submit(one)
          else if (one.kind === 'abort') aborts[one.index % Math.max(1, aborts.length)]?.abort()
          else if (one.kind === 'advance') await clock.advance(one.ms)
          else if (one.kind === 'resize') {
            orchestrator.resize(one.workers)
            mostWorkers = Math.max(mostWorkers, one.workers)
          } else if (one.kind === 'pause') orchestrator.pause()
          else orchestrator.resume()
          // A retry of an accepted task is never refused: the bound may be passed by those that were running.
          expect(orchestrator.queuedCount).toBeLessThanOrEqual(maxBacklog + mostWorkers)
        }
        const stopping = orchestrator.stop({ timeoutMs: 600_000 })
        await clock.advance(700_000)
        await stopping

        expect(settlements).toEqual(Array.from({ length: accepted }, () => 1))
        for (const lane of new Set(started.map((one) => one.lane))) {
          const numbers = started.filter((one) => one.lane === lane).map((one) => one.number)
          expect(numbers).toEqual([...numbers].sort((a, b) => a - b))
        }
        expect(clock.pendingTimers).toBe(0)
        expect(orchestrator.stats).toMatchObject({
          busyWorkers: 0,
          queuedCount: 0,
          state: 'stopped',
        })
        await expect(orchestrator.runAsync({ name: 'late', run: () => 0 })).rejects.toThrow(
          OrchestratorStoppedError,
        )
      }),
      { numRuns: 150 },
    )
  }, 60_000)

  it('leaves no listener on a signal that ten thousand tasks shared', async () => {
    const parent = new AbortController()
    let listeners = 0
    const { addEventListener, removeEventListener } = parent.signal
    parent.signal.addEventListener = (...parameters: Parameters<typeof addEventListener>) => {
      listeners += 1
      addEventListener.apply(parent.signal, parameters)
    }
    parent.signal.removeEventListener = (...parameters: Parameters<typeof removeEventListener>) => {
      listeners -= 1
      removeEventListener.apply(parent.signal, parameters)
    }
    await using orchestrator = new TaskOrchestrator({ clock: new FakeClock() })

    for (let number = 0; number < 10_000; number += 1) {
      await orchestrator.execute({ name: 'quick', signal: parent.signal, run: () => number })
    }

    expect(listeners).toBe(0)
  })
})
