import { setImmediate } from 'node:timers/promises'
import { expect, test } from 'vitest'
import type { Clock } from './clock.ts'
import {
  DatabaseFolderDamagedError,
  DatabaseFolderInUseError,
  DatabaseStartError,
  DatabaseVersionError,
} from './errors.ts'
import { type RestartReport, type SupervisedServer, Supervisor } from './supervisor.ts'

/** A server process that ends when the test says so. */
function aRun() {
  const ended = Promise.withResolvers<string>()
  const run = {
    ended: ended.promise,
    timesStopped: 0,
    async stop() {
      run.timesStopped++
      ended.resolve('exit code 0')
    },
    die: () => ended.resolve('SIGKILL'),
  }
  return run satisfies SupervisedServer
}

/** Time passes by sleeping alone, and at once. */
function aClock() {
  let nowMs = 0
  const sleptMs: number[] = []
  const clock: Clock = {
    monotonicMs: () => nowMs,
    async sleep(delayMs, signal) {
      signal.throwIfAborted()
      sleptMs.push(delayMs)
      nowMs += delayMs
    },
  }
  return { clock, sleptMs, advance: (byMs: number) => void (nowMs += byMs) }
}

/** A supervisor whose restarts come out as listed; the last outcome repeats. */
function supervise(
  outcomes: readonly (SupervisedServer | Error)[],
  options: { giveUpAfterMs?: number } = {},
) {
  const first = aRun()
  const time = aClock()
  const reports: RestartReport[] = []
  let restarts = 0
  const supervisor = new Supervisor(first, {
    clock: time.clock,
    giveUpAfterMs: options.giveUpAfterMs ?? 600_000,
    onRestart: (report) => void reports.push(report),
    async restart() {
      const outcome = outcomes[Math.min(restarts++, outcomes.length - 1)]
      if (outcome instanceof Error || outcome === undefined) throw outcome
      return outcome
    },
  })
  return { first, supervisor, reports, ...time }
}

const diskFull = new DatabaseStartError('no space left')

test('a server that dies is started again at once', async () => {
  const second = aRun()
  const { first, supervisor, reports, sleptMs } = supervise([second])

  first.die()
  await setImmediate()

  expect(sleptMs).toEqual([0])
  expect(first.timesStopped).toBe(1)
  expect(reports).toEqual([
    { outcome: 'ended', how: 'SIGKILL' },
    { outcome: 'restarted', attempt: 1 },
  ])
  await supervisor.stop()
  expect(second.timesStopped).toBe(1)
})

test('restarts that fail are spaced out, and given up after the time allowed', async () => {
  const { first, supervisor, reports, sleptMs } = supervise([diskFull], { giveUpAfterMs: 60_000 })

  first.die()
  await supervisor.gaveUp

  expect(sleptMs).toEqual([0, 500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000, 15_000])
  expect(reports.at(-1)).toEqual({ outcome: 'given_up', attempt: 9, error: diskFull })
})

test.each([
  new DatabaseFolderInUseError('/folder'),
  new DatabaseFolderDamagedError('/folder', 'postgres/ is gone'),
  new DatabaseVersionError('/folder', '17', 18),
])('$name is final', async (error) => {
  const { first, supervisor, sleptMs } = supervise([error])

  first.die()
  await supervisor.gaveUp

  expect(sleptMs).toEqual([0])
})

test('a server that comes up only to die again does not end the outage', async () => {
  const [second, third] = [aRun(), aRun()]
  const { first, sleptMs } = supervise([second, third])

  first.die()
  await setImmediate()
  second.die()
  await setImmediate()

  expect(sleptMs).toEqual([0, 500])
})

test('a server that ran for long is started again at once', async () => {
  const [second, third] = [aRun(), aRun()]
  const { first, sleptMs, advance } = supervise([second, third])

  first.die()
  await setImmediate()
  advance(30_000)
  second.die()
  await setImmediate()

  expect(sleptMs).toEqual([0, 0])
})

test('stop waits for the restart under way, which it aborts', async () => {
  const first = aRun()
  const { clock } = aClock()
  const aborted = Promise.withResolvers<void>()
  const cleanedUp = Promise.withResolvers<void>()
  const supervisor = new Supervisor(first, {
    clock,
    giveUpAfterMs: 0,
    async restart(signal) {
      signal.addEventListener('abort', () => aborted.resolve())
      await cleanedUp.promise
      throw signal.reason
    },
  })
  let hasGivenUp = false
  void supervisor.gaveUp.then(() => (hasGivenUp = true))
  first.die()
  await setImmediate()

  let isStopped = false
  const stopping = supervisor.stop().then(() => (isStopped = true))
  await aborted.promise
  await setImmediate()
  expect(isStopped).toBe(false)
  cleanedUp.resolve()
  await stopping

  expect(supervisor.stop()).toBe(supervisor.stop())
  expect(hasGivenUp).toBe(false)
})

test('a server that comes up although stop has aborted its start is ended', async () => {
  const first = aRun()
  const second = aRun()
  const { clock } = aClock()
  const up = Promise.withResolvers<SupervisedServer>()
  const supervisor = new Supervisor(first, { clock, giveUpAfterMs: 0, restart: () => up.promise })
  first.die()
  await setImmediate()

  const stopping = supervisor.stop()
  up.resolve(second)
  await stopping

  expect(second.timesStopped).toBe(1)
})
