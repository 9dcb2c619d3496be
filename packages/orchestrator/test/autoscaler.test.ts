import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type AutoscaleSettings,
  decideWorkers,
  FakeClock,
  freshScalingMemory,
  type Load,
  type ScalingMemory,
  TaskOrchestrator,
} from '../src/index.ts'

const settings: AutoscaleSettings = { maxWorkers: 20 }

const aLoad = (changes: Partial<Load> = {}): Load => ({
  now: 0,
  intervalMs: 1000,
  workerCount: 4,
  workerWaitCount: 0,
  oldestQueuedAgeMs: 0,
  arrivals: 0,
  completions: 0,
  busyMs: 0,
  ...changes,
})

/** Attempts take 1 s, two come every second: by Little's law two workers are always busy. */
const twoBusy: ScalingMemory = {
  ...freshScalingMemory,
  arrivalsPerSecond: 2,
  busyMs: 100_000,
  completions: 100,
}
const sameAsBefore = { arrivals: 2, completions: 2, busyMs: 2000 }

describe('the autoscaler', () => {
  it.each([
    { about: 'an idle pool', load: {}, memory: freshScalingMemory, wanted: 1 },
    // 2 busy / 0.7 = 2.86
    { about: 'a steady stream', load: sameAsBefore, memory: twoBusy, wanted: 3 },
    // 2 busy + 40 s of work within 5 s
    {
      about: 'a backlog',
      load: { ...sameAsBefore, workerWaitCount: 40 },
      memory: twoBusy,
      wanted: 10,
    },
    {
      about: 'a backlog beyond the limit',
      load: { ...sameAsBefore, workerWaitCount: 4000 },
      memory: twoBusy,
      wanted: 20,
    },
    // Nothing has ended yet, so that only the wait says that more are needed: half as many again.
    {
      about: 'a task that waits too long',
      load: { oldestQueuedAgeMs: 5001, workerWaitCount: 1 },
      memory: freshScalingMemory,
      wanted: 6,
    },
  ])('calls for $wanted workers with $about', ({ load, memory, wanted }) => {
    const { memory: after } = decideWorkers(aLoad(load), settings, memory)

    expect(after.recent.at(-1)?.workers).toBe(wanted)
  })

  it.each([
    { load: { workerWaitCount: 40 }, wantedWorkers: 10, reason: 'backlog' },
    { load: { oldestQueuedAgeMs: 6000, workerWaitCount: 1 }, wantedWorkers: 6, reason: 'age' },
    { load: { workerCount: 1 }, wantedWorkers: 3, reason: 'arrivals' },
    { load: { workerCount: 3 }, wantedWorkers: 3, reason: 'steady' },
    // Fewer are wanted, but the load of this very look still counts for a minute.
    { load: { workerCount: 4 }, wantedWorkers: 3, reason: 'quiet' },
    { load: { workerCount: 30 }, wantedWorkers: 3, reason: 'out_of_bounds' },
  ])('wants $wantedWorkers workers for $load: $reason', ({ load, ...decision }) => {
    const decided = decideWorkers(aLoad({ ...sameAsBefore, ...load }), settings, twoBusy)

    expect(decided.decision).toEqual(decision)
  })

  it('retires no worker that the load needed within the last minute', () => {
    const memory = { ...twoBusy, recent: [{ at: 0, workers: 8 }] }
    const decideAt = (now: number) =>
      decideWorkers(aLoad({ ...sameAsBefore, now, workerCount: 9 }), settings, memory).decision

    expect(decideAt(59_999)).toEqual({ wantedWorkers: 8, reason: 'quiet' })
    expect(decideAt(60_000)).toEqual({ wantedWorkers: 3, reason: 'quiet' })
  })

  it('keeps a number that the load needed recently', () => {
    const memory = { ...twoBusy, recent: [{ at: 0, workers: 8 }] }

    const { decision } = decideWorkers(
      aLoad({ ...sameAsBefore, now: 1000, workerCount: 8 }),
      settings,
      memory,
    )

    expect(decision).toEqual({ wantedWorkers: 8, reason: 'cooling_down' })
  })

  it('waits between two increases when scaleUpCooldownMs says so', () => {
    const load = aLoad({ ...sameAsBefore, now: 5000, workerWaitCount: 40 })
    const patient = { ...settings, scaleUpCooldownMs: 10_000 }

    const soon = decideWorkers(load, patient, { ...twoBusy, scaledUpAt: 0 })
    const later = decideWorkers({ ...load, now: 10_000 }, patient, { ...twoBusy, scaledUpAt: 0 })

    expect(soon.decision).toEqual({ wantedWorkers: 4, reason: 'cooling_down' })
    expect(soon.memory.scaledUpAt).toBe(0)
    expect(later.decision).toEqual({ wantedWorkers: 10, reason: 'backlog' })
    expect(later.memory.scaledUpAt).toBe(10_000)
  })

  it.each([
    { workerWaitCount: 40, workerCount: 9, wantedWorkers: 9 },
    { workerWaitCount: 90, workerCount: 19, wantedWorkers: 19 },
    { workerWaitCount: 40, workerCount: 8, wantedWorkers: 10 },
  ])('leaves a pool of $workerCount alone for a change within the tolerance', (one) => {
    const { workerWaitCount, workerCount, wantedWorkers } = one

    const { decision } = decideWorkers(
      aLoad({ ...sameAsBefore, workerWaitCount, workerCount }),
      { ...settings, tolerance: 0.2 },
      twoBusy,
    )

    expect(decision.wantedWorkers).toBe(wantedWorkers)
  })

  it('leaves a pool alone that is larger by less than the tolerance', () => {
    const { decision } = decideWorkers(
      aLoad({ ...sameAsBefore, workerCount: 4 }),
      { ...settings, tolerance: 0.5 },
      twoBusy,
    )

    expect(decision).toEqual({ wantedWorkers: 4, reason: 'cooling_down' })
  })

  it('smooths arrivals over some twenty seconds, and service times over some hundred attempts', () => {
    const burst = aLoad({ arrivals: 100, completions: 100, busyMs: 10_000 })

    const { memory } = decideWorkers(burst, settings, {
      ...twoBusy,
      completions: 150,
      busyMs: 150_000,
    })

    expect(memory.arrivalsPerSecond).toBeCloseTo(2 + (1 - Math.exp(-1 / 20)) * 98)
    expect(memory.completions).toBeCloseTo(200)
    expect(memory.busyMs / memory.completions).toBeCloseTo(160_000 / 250)
  })

  it('never wants what the limits forbid, whatever the load', () => {
    fc.assert(
      fc.property(
        fc.record({
          workerCount: fc.integer({ min: 1, max: 50 }),
          workerWaitCount: fc.nat(10_000),
          oldestQueuedAgeMs: fc.nat(100_000),
          arrivals: fc.nat(1000),
          completions: fc.nat(1000),
          busyMs: fc.nat(100_000),
        }),
        fc.integer({ min: 1, max: 20 }),
        (load, minWorkers) => {
          const { decision } = decideWorkers(
            aLoad(load),
            { minWorkers, maxWorkers: 20 },
            freshScalingMemory,
          )

          expect(decision.wantedWorkers).toBeGreaterThanOrEqual(minWorkers)
          expect(decision.wantedWorkers).toBeLessThanOrEqual(20)
        },
      ),
    )
  })
})

describe('an orchestrator with autoscale', () => {
  /** 2 s of work each. */
  const submit = (orchestrator: TaskOrchestrator, clock: FakeClock, count: number) => {
    for (let number = 0; number < count; number += 1) {
      orchestrator.run({
        name: 'slow',
        run: () =>
          new Promise<void>((resolve) => {
            clock.setTimer(resolve, 2000)
          }),
      })
    }
  }

  it('adds workers for a backlog, says why, and retires them when the load has been low', async () => {
    const clock = new FakeClock()
    const scaled: [number, number][] = []
    const orchestrator = new TaskOrchestrator({
      clock,
      workerCount: 1,
      autoscale: { maxWorkers: 8 },
      observer: { workersScaled: (from, to) => scaled.push([from, to]) },
    })
    submit(orchestrator, clock, 40)

    await clock.advance(10_000)
    const busy = orchestrator.scaling
    await clock.advance(120_000)

    expect(busy).toMatchObject({ wantedWorkers: 8, workerCount: 8, utilisation: 1 })
    expect(scaled.every(([from, to]) => from !== to)).toBe(true)
    expect(orchestrator.stats).toMatchObject({ completedCount: 40, workerCount: 1 })
    expect(orchestrator.scaling).toMatchObject({ wantedWorkers: 1, utilisation: 0 })
    expect(scaled.at(0)?.[0]).toBe(1)
    expect(scaled.at(-1)?.[1]).toBe(1)
  })

  it('measures arrivals, service times and utilisation', async () => {
    const clock = new FakeClock()
    const orchestrator = new TaskOrchestrator({
      clock,
      workerCount: 4,
      autoscale: { maxWorkers: 4, minWorkers: 4, intervalMs: 1000 },
    })
    await clock.advance(500)
    submit(orchestrator, clock, 2)
    await clock.advance(500)
    // Two of four workers for half of the time; two tasks in a second, smoothed over some twenty.
    expect(orchestrator.scaling).toMatchObject({ utilisation: 0.25, workerCount: 4 })
    expect(orchestrator.scaling?.arrivalsPerSecond).toBeCloseTo(2 * (1 - Math.exp(-1 / 20)))
    // Nothing has ended yet: what it has taken so far.
    expect(orchestrator.scaling?.serviceMs).toBe(1000)

    await clock.advance(2000)

    expect(orchestrator.scaling).toMatchObject({ utilisation: 0.25, serviceMs: 2000 })
    expect(orchestrator.stats.completedCount).toBe(2)
  })

  it('only says what it wants with apply: false', async () => {
    const clock = new FakeClock()
    const orchestrator = new TaskOrchestrator({
      clock,
      autoscale: { maxWorkers: 8, apply: false, intervalMs: 500 },
    })
    expect(orchestrator.scaling).toMatchObject({ wantedWorkers: 2, reason: 'steady' })
    submit(orchestrator, clock, 40)

    await clock.advance(9000)

    expect(orchestrator.scaling?.wantedWorkers).toBeGreaterThan(2)
    expect(orchestrator.stats.workerCount).toBe(2)
  })

  it('says nothing without the option', () => {
    expect(new TaskOrchestrator().scaling).toBeUndefined()
  })

  it.each([
    {
      autoscale: { maxWorkers: 0 },
      fault: 'autoscale.maxWorkers must be a positive integer, got 0',
    },
    {
      autoscale: { maxWorkers: 4, minWorkers: 0 },
      fault: 'autoscale.minWorkers must be a positive integer, got 0',
    },
    {
      autoscale: { maxWorkers: 4, minWorkers: 5 },
      fault: 'autoscale.minWorkers must be at most maxWorkers (4), got 5',
    },
  ])('refuses $autoscale', ({ autoscale, fault }) => {
    expect(() => new TaskOrchestrator({ autoscale })).toThrow(new RangeError(fault))
  })
})
