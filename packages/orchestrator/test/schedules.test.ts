import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  FakeClock,
  OrchestratorStoppedError,
  QueueFullError,
  type Task,
  TaskOrchestrator,
} from '../src/index.ts'

/** How a task behaves: how often it fails, how long each attempt lasts, and whether it ignores its signal. */
interface Behaviour {
  readonly group: string
  readonly priority: number
  readonly failures: number
  readonly lastsMs: number
  readonly isStubborn: boolean
  readonly key: string | undefined
  readonly deadlineMs: number | undefined
}

type Command =
  | { readonly kind: 'submit'; readonly how: 'run' | 'wait'; readonly task: Behaviour }
  | { readonly kind: 'abort'; readonly index: number }
  | { readonly kind: 'advance'; readonly ms: number }
  | { readonly kind: 'resize'; readonly workers: number }
  | { readonly kind: 'pause' }
  | { readonly kind: 'resume' }

const behaviour: fc.Arbitrary<Behaviour> = fc.record({
  group: fc.constantFrom('', 'a', 'b'),
  priority: fc.constantFrom(0, 1),
  failures: fc.integer({ min: 0, max: 4 }),
  lastsMs: fc.constantFrom(0, 10, 5000, 70_000),
  isStubborn: fc.boolean(),
  key: fc.constantFrom(undefined, undefined, 'x', 'y'),
  deadlineMs: fc.constantFrom(undefined, undefined, 3000),
})

const command: fc.Arbitrary<Command> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('submit' as const),
      how: fc.constantFrom('run' as const, 'wait' as const),
      task: behaviour,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('advance' as const),
      ms: fc.constantFrom(0, 1, 100, 2500, 20_000, 100_000),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('abort' as const), index: fc.nat(50) }) },
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

const maxBacklog = 5
const groupConcurrency = 2

/** One schedule on a virtual clock, and everything that may not happen while it runs. */
class Schedule {
  readonly clock = new FakeClock()
  readonly faults: string[] = []
  readonly settlements: number[] = []
  readonly hooks = new Map<string, number>()
  readonly #aborts: AbortController[] = []
  readonly #runningByGroup = new Map<string, number>()
  readonly #handlersByKey = new Map<string, number>()
  readonly #started = new Map<string, number[]>()
  readonly #acceptedInOrder = new Map<string, number[]>()
  readonly #accepted = new Set<number>()
  #workers = 2
  readonly orchestrator: TaskOrchestrator

  constructor() {
    const settled = (taskId: string) => this.hooks.set(taskId, (this.hooks.get(taskId) ?? 0) + 1)
    this.orchestrator = new TaskOrchestrator({
      clock: this.clock,
      workerCount: this.#workers,
      maxBacklog,
      groupConcurrency,
      settleGraceMs: 10,
      observer: {
        taskAccepted: ({ name }) => this.#accept(Number(name)),
        taskSettled: ({ taskId }) => settled(taskId),
      },
    })
  }

  get acceptedCount(): number {
    return this.#accepted.size
  }

  async perform(command: Command): Promise<void> {
    switch (command.kind) {
      case 'submit':
        this.#submit(command.how, command.task)
        break
      case 'abort':
        this.#aborts[command.index % Math.max(1, this.#aborts.length)]?.abort()
        break
      case 'advance':
        await this.clock.advance(command.ms)
        this.#expectNoIdleness()
        break
      case 'resize':
        this.orchestrator.resize(command.workers)
        this.#workers = Math.max(this.#workers, command.workers)
        break
      case 'pause':
        this.orchestrator.pause()
        break
      case 'resume':
        this.orchestrator.resume()
        break
      default:
        command satisfies never
    }
    const { queuedCount, busyWorkers, acceptedCount, completedCount, failedCount, abortedCount } =
      this.orchestrator.stats
    const here = acceptedCount - completedCount - failedCount - abortedCount
    this.#expect(here === queuedCount + busyWorkers, `${here} tasks are here, but elsewhere`)
    this.#expect(here <= maxBacklog + this.#workers, `${here} tasks are here at once`)
    // Only retries, which are never refused, may make more wait than the bound.
    const { retriedCount } = this.orchestrator.stats
    this.#expect(retriedCount > 0 || queuedCount <= maxBacklog, `${queuedCount} tasks wait`)
  }

  /** In each lane, those that waited for nothing but a worker began in the order of their acceptance. */
  expectOrder(): void {
    for (const [lane, started] of this.#started) {
      const order = (this.#acceptedInOrder.get(lane) ?? []).filter((one) => started.includes(one))
      this.#expect(String(order) === String(started), `lane ${lane} ran ${started}`)
    }
  }

  #accept(number: number): void {
    this.#accepted.add(number)
  }

  #submit(how: 'run' | 'wait', behaviour: Behaviour): void {
    const number = this.settlements.length
    this.settlements.push(0)
    const abort = new AbortController()
    this.#aborts.push(abort)
    const lane = `${behaviour.priority} ${behaviour.group}`
    const acceptedBefore = this.orchestrator.stats.acceptedCount
    const hadWaiting = this.orchestrator.stats.waitingCount > 0
    const task = this.#task(number, lane, behaviour, abort.signal)
    if (how === 'run') {
      try {
        this.orchestrator.run(task)
        this.settlements[number] = -1
      } catch (error) {
        this.settlements[number] = -1
        this.#expect(error instanceof QueueFullError, 'run refused for another reason')
        const { queuedCount } = this.orchestrator.stats
        this.#expect(queuedCount >= maxBacklog || hadWaiting, 'refused with capacity')
        return
      }
    } else {
      const settle = () => {
        this.settlements[number] = (this.settlements[number] ?? 0) + 1
      }
      this.orchestrator.execute(task).then(settle, settle)
      if (this.orchestrator.stats.acceptedCount === acceptedBefore) return
    }
    if (behaviour.key !== undefined || behaviour.deadlineMs !== undefined) return
    const order = this.#acceptedInOrder.get(lane) ?? []
    this.#acceptedInOrder.set(lane, [...order, number])
  }

  #task(
    number: number,
    lane: string,
    { group, priority, failures, lastsMs, isStubborn, key, deadlineMs }: Behaviour,
    signal: AbortSignal,
  ): Task<void> {
    return {
      name: String(number),
      ...(group === '' ? {} : { group }),
      ...(key === undefined ? {} : { key, whenKeyTaken: 'wait' }),
      ...(deadlineMs === undefined ? {} : { deadlineMs }),
      priority,
      signal,
      run: (context) => {
        if (context.attempt === 1 && this.#acceptedInOrder.get(lane)?.includes(number) === true)
          this.#started.set(lane, [...(this.#started.get(lane) ?? []), number])
        if (key !== undefined) this.#enter(this.#handlersByKey, key, 1, `handlers with key ${key}`)
        const { promise, resolve, reject } = Promise.withResolvers<void>()
        const end = () => {
          if (key !== undefined) this.#leave(this.#handlersByKey, key)
          if (context.attempt <= failures) reject(new Error('transient'))
          else resolve()
        }
        if (group !== '') {
          // Only those that still count: a handler that ignores its abort has left its place in the group.
          this.#enter(this.#runningByGroup, group, groupConcurrency, `tasks of group ${group}`)
          const leave = () => this.#leave(this.#runningByGroup, group)
          context.signal.addEventListener('abort', leave, { once: true })
          void promise
            .finally(() => {
              if (!context.signal.aborted) leave()
            })
            .catch(() => undefined)
        }
        const timer = this.clock.setTimer(end, lastsMs)
        context.signal.addEventListener('abort', () => {
          if (isStubborn) return
          timer.cancel()
          end()
        })
        return promise
      },
    }
  }

  #enter(counts: Map<string, number>, name: string, limit: number, what: string): void {
    const count = (counts.get(name) ?? 0) + 1
    counts.set(name, count)
    this.#expect(count <= limit, `${count} ${what} at once`)
  }

  #leave(counts: Map<string, number>, name: string): void {
    counts.set(name, (counts.get(name) ?? 0) - 1)
  }

  /** No lost wake-up: no caller waits for capacity while there is some, and no task waits while an idle worker may take it. */
  #expectNoIdleness(): void {
    const {
      paused,
      queuedCount,
      waitingCount,
      busyWorkers,
      workerCount,
      retryWaitCount,
      keyWaitCount,
    } = this.orchestrator.stats
    if (paused) return
    const isIdle = busyWorkers < workerCount
    this.#expect(
      !(waitingCount > 0 && queuedCount < maxBacklog),
      'a caller waits while there is capacity',
    )
    const inQueue = queuedCount - retryWaitCount - keyWaitCount
    const isAnyFree = [...this.#runningByGroup.values()].every((count) => count < groupConcurrency)
    this.#expect(!(isIdle && inQueue > 0 && isAnyFree), 'a task waits beside an idle worker')
  }

  #expect(holds: boolean, fault: string): void {
    if (!holds) this.faults.push(fault)
  }
}

describe('any schedule of submit, finish, fail, abort, resize, pause and stop', () => {
  it('settles each accepted task once, keeps bound, order, keys and group limits, loses no wake-up and leaves no timer', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(command, { maxLength: 60 }),
        fc.constantFrom(0, 5000, 10_000_000),
        async (commands, drainMs) => {
          const schedule = new Schedule()
          const { orchestrator, clock } = schedule
          for (const one of commands) await schedule.perform(one)

          const stopping = orchestrator.stop({ timeoutMs: drainMs })
          await clock.advance(20_000_000)
          const report = await stopping

          expect(schedule.faults).toEqual([])
          schedule.expectOrder()
          expect(schedule.faults).toEqual([])
          // -1: submitted by `run`, which promises no result.
          expect(schedule.settlements.filter((times) => times !== 1 && times !== -1)).toEqual([])
          expect(schedule.hooks.size).toBe(schedule.acceptedCount)
          expect([...schedule.hooks.values()].every((times) => times === 1)).toBe(true)
          expect(clock.pendingTimers).toBe(0)
          expect(orchestrator.stats).toMatchObject({
            busyWorkers: 0,
            queuedCount: 0,
            waitingCount: 0,
            lingeringHandlerCount: 0,
            state: 'stopped',
          })
          if (drainMs > 5000) expect(report.unfinished).toEqual([])
          await expect(orchestrator.runAsync({ name: 'late', run: () => 0 })).rejects.toThrow(
            OrchestratorStoppedError,
          )
        },
      ),
      { numRuns: 300 },
    )
  }, 60_000)

  it('gives every group with work its turn before any has a second one', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 4, maxLength: 60 }),
        async (groups) => {
          const started: string[] = []
          const orchestrator = new TaskOrchestrator({
            clock: new FakeClock(),
            workerCount: 1,
            maxBacklog: 100,
          })
          orchestrator.pause()
          for (const group of groups)
            orchestrator.run({ name: group, group, run: () => started.push(group) })
          await orchestrator.stop()

          const left: string[] = [...groups]
          let turn = new Set<string>()
          for (const group of started) {
            // A round is over when each group that still has work has had its turn.
            if (![...new Set(left)].some((one) => !turn.has(one))) turn = new Set()
            expect(turn.has(group)).toBe(false)
            turn.add(group)
            left.splice(left.indexOf(group), 1)
          }
          expect(started).toHaveLength(groups.length)
        },
      ),
      { numRuns: 100 },
    )
  })

  it('leaves no listener on a signal that a thousand tasks and callers shared', async () => {
    const shared = countListeners()
    await using orchestrator = new TaskOrchestrator({
      clock: new FakeClock(),
      pattern: 'advanced',
      maxBacklog: 2,
    })
    const { signal } = shared
    const task = { name: 'quick', signal, run: () => 1 }

    const calls = Array.from({ length: 1000 }, () => orchestrator.execute(task, { signal }))
    const watches = Array.from({ length: 10 }, () => orchestrator.whenCapacity({ signal }))
    expect(shared.count()).toBeGreaterThan(1000)
    await Promise.all([...calls, ...watches])

    expect(shared.count()).toBe(0)
  })

  it('leaves no listener on the signals of those whom a drain refuses', async () => {
    const shared = countListeners()
    const clock = new FakeClock()
    const orchestrator = new TaskOrchestrator({ clock, workerCount: 1, maxBacklog: 1 })
    const { signal } = shared
    const held = { name: 'held', signal, run: () => new Promise<void>(() => undefined) }
    const calls = Array.from({ length: 5 }, () => orchestrator.execute(held, { signal }))
    const watches = Array.from({ length: 5 }, () => orchestrator.whenCapacity({ signal }))
    const streams = Array.from({ length: 5 }, () => orchestrator.getEventStream({ signal }))
    const outcomes = Promise.allSettled([...calls, ...watches])

    const stopping = orchestrator.stop({ timeoutMs: 10, signal })
    await clock.advance(10_000)
    await stopping
    await outcomes
    for (const stream of streams) await stream.next()

    expect(shared.count()).toBe(0)
  })
})

/** A signal that counts who listens. */
function countListeners(): { readonly signal: AbortSignal; count(): number } {
  const { signal } = new AbortController()
  let listeners = 0
  const { addEventListener, removeEventListener } = signal
  signal.addEventListener = (...parameters: Parameters<typeof addEventListener>) => {
    listeners += 1
    addEventListener.apply(signal, parameters)
  }
  signal.removeEventListener = (...parameters: Parameters<typeof removeEventListener>) => {
    listeners -= 1
    removeEventListener.apply(signal, parameters)
  }
  return { signal, count: () => listeners }
}
