import { FakeClock } from '@authscript/orchestrator'
import { describe, expect, it } from 'vitest'
import { VirtualClock } from '../../../test/rate/virtual-clock.ts'
import { type Allowance, type Lane, RateBudget, type Slot } from './rate-budget.ts'

const never = new AbortController().signal

/** A budget with its outcomes. The lease lasts `leaseMs` from now and the day an hour, unless a test renews them. */
function aBudget({
  slots = 2,
  leaseMs = 3_600_000,
  available = 100,
  polls = 100,
  writes = 0,
  isSpent = { poll: false, chart: false, write: false },
  arePollsAhead = false,
} = {}) {
  const time = new FakeClock()
  const wants: string[] = []
  const budget = new RateBudget({
    perDay: 100,
    clock: new VirtualClock(time),
    onShortage: (want) => wants.push(want),
  })
  const allow = (overrides: Partial<Allowance> = {}) =>
    budget.allow({
      slots,
      leaseEndsAtMs: time.now() + leaseMs,
      day: {
        date: '2026-11-24',
        endsAtMs: 3_600_000,
        added: { poll: polls, chart: available, write: writes },
        isSpent,
        arePollsAhead,
      },
      ...overrides,
    })
  allow()
  const taken: Slot[] = []
  const outcomes: string[] = []
  const take = (name: string, lane: Lane = 'chart', signal = never) =>
    void budget.take(lane, signal).then(
      (slot) => {
        taken.push(slot)
        outcomes.push(name)
      },
      (error: Error) => outcomes.push(`${name}: ${error.message}`),
    )
  return { time, wants, budget, allow, taken, outcomes, take }
}

describe('RateBudget', () => {
  it('holds a slot until a second after its answer began', async () => {
    const { time, take, taken, outcomes } = aBudget({ slots: 1 })
    take('first')
    take('second')
    await time.advance(60_000)
    expect(outcomes).toEqual(['first'])

    taken[0]?.release()
    taken[0]?.release()
    await time.advance(1009)
    expect(outcomes).toEqual(['first'])

    await time.advance(1)
    expect(outcomes).toEqual(['first', 'second'])
  })

  it('lets polls and charts take turns', async () => {
    const { time, take, taken, outcomes } = aBudget({ slots: 1 })
    take('chart 1', 'chart')
    take('chart 2', 'chart')
    take('chart 3', 'chart')
    take('poll 1', 'poll')

    for (let count = 0; count < 3; count += 1) {
      await time.advance(0)
      taken.at(-1)?.release()
      await time.advance(1010)
    }

    expect(outcomes).toEqual(['chart 1', 'poll 1', 'chart 2', 'chart 3'])
  })

  it("rejects with the signal's reason, before and during the wait", async () => {
    const { time, take, outcomes, taken } = aBudget({ slots: 1 })
    const leaving = new AbortController()
    take('first')
    take('second', 'chart', leaving.signal)
    await time.advance(0)

    leaving.abort(new Error('gone'))
    take('third', 'chart', leaving.signal)
    await time.advance(0)
    taken[0]?.release()
    await time.advance(1010)

    expect(outcomes).toEqual(['first', 'second: gone', 'third: gone'])
  })

  it('sends nothing while the EHR asks for a pause; a shorter one does not end it', async () => {
    const { time, take, budget, outcomes } = aBudget()
    budget.pauseFor(5000)
    budget.pauseFor(1000)
    take('first')

    await time.advance(4999)
    expect(outcomes).toEqual([])

    await time.advance(1)
    expect(outcomes).toEqual(['first'])
  })

  it('sends nothing after its lease ended, and continues after a renewal', async () => {
    const { time, take, allow, outcomes } = aBudget({ leaseMs: 1000 })
    await time.advance(1000)
    take('first')
    await time.advance(60_000)
    expect(outcomes).toEqual([])

    allow()
    await time.advance(0)

    expect(outcomes).toEqual(['first'])
  })

  it('invalidates a slot permanently when its lease ends, because another node may hold it', async () => {
    const { time, take, allow, taken } = aBudget({ leaseMs: 1000 })
    take('first')
    await time.advance(999)
    expect(taken[0]?.isValid).toBe(true)

    await time.advance(1)
    expect(taken[0]?.isValid).toBe(false)

    allow()
    expect(taken[0]?.isValid).toBe(false)
  })

  it('keeps a slot valid across a timely renewal', async () => {
    const { time, take, allow, taken } = aBudget({ leaseMs: 1000 })
    take('first')
    await time.advance(999)

    allow()
    await time.advance(999)

    expect(taken[0]?.isValid).toBe(true)
  })

  it('takes no new slot above a lowered limit, and reports a shortage of slots', async () => {
    const { time, take, budget, taken, outcomes, wants } = aBudget({ slots: 2 })
    take('first')
    take('second')
    await time.advance(0)
    budget.lowerTo(1)
    take('third')
    taken[0]?.release()
    await time.advance(1010)
    expect(outcomes).toEqual(['first', 'second'])
    expect(wants).toContain('slots')

    taken[1]?.release()
    await time.advance(1010)

    expect(outcomes).toEqual(['first', 'second', 'third'])
  })

  it('waits if its reserved requests are used up and the day has more', async () => {
    const { time, take, allow, outcomes, wants } = aBudget({ available: 1 })
    take('first')
    take('second')
    await time.advance(0)
    expect(outcomes).toEqual(['first'])
    expect(wants).toEqual(['requests'])

    allow()
    await time.advance(0)

    expect(outcomes).toEqual(['first', 'second'])
  })

  it('rejects all waiting requests when the day is spent, with the time until the next day', async () => {
    const { time, budget, take, outcomes } = aBudget({
      available: 1,
      polls: 0,
      isSpent: { poll: true, chart: true, write: true },
    })
    take('first')
    take('second', 'poll')
    await time.advance(0)

    expect(outcomes.toSorted()).toEqual([
      'first',
      'second: the daily budget of 100 requests to the EHR is spent; it starts again at midnight GMT (Ehr.RequestsPerDay / Ehr__RequestsPerDay)',
    ])
    await expect(budget.take('chart', never)).rejects.toMatchObject({
      code: 'ehr_quota_exhausted',
      retryAfterMs: 3_600_000,
    })
  })

  it('makes polls wait that have used their share, while charts and write-backs continue', async () => {
    const { time, budget, take, allow, outcomes, wants } = aBudget({
      slots: 10,
      polls: 1,
      arePollsAhead: true,
    })
    take('poll 1', 'poll')
    take('poll 2', 'poll')
    take('chart', 'chart')
    take('write', 'write')
    await time.advance(0)
    expect(outcomes.toSorted()).toEqual(['chart', 'poll 1', 'write'])
    expect(budget.arePollsAhead).toBe(true)
    expect(wants).toEqual([])

    allow()
    await time.advance(0)

    expect(outcomes).toContain('poll 2')
  })

  it('keeps the last requests of a day for write-backs: charts are rejected earlier', async () => {
    const { time, take, outcomes } = aBudget({
      slots: 10,
      available: 1,
      polls: 0,
      writes: 2,
      isSpent: { poll: false, chart: true, write: false },
    })
    take('chart 1')
    take('chart 2')
    take('write 1', 'write')
    take('write 2', 'write')
    await time.advance(0)

    expect(outcomes.filter((one) => !one.includes('budget'))).toEqual([
      'chart 1',
      'write 1',
      'write 2',
    ])
    expect(outcomes.find((one) => one.startsWith('chart 2: '))).toContain('daily budget')
  })

  it('serves write-backs before charts and polls', async () => {
    const { time, take, taken, outcomes } = aBudget({ slots: 1 })
    take('first')
    await time.advance(0)
    take('poll', 'poll')
    take('chart')
    take('write', 'write')

    for (let count = 0; count < 3; count += 1) {
      taken.at(-1)?.release()
      await time.advance(1010)
    }

    expect(outcomes[1]).toBe('write')
    expect(outcomes.slice(2).toSorted()).toEqual(['chart', 'poll'])
  })

  it('does not use the requests of a day that is over', async () => {
    const { time, take, taken, allow, outcomes, budget } = aBudget({ leaseMs: 7_200_000 })
    take('yesterday')
    await time.advance(3_599_999)
    expect(taken[0]?.isValid).toBe(true)
    await time.advance(1)
    expect(taken[0]?.isValid).toBe(false)
    take('first')
    await time.advance(60_000)
    expect(outcomes).toEqual(['yesterday'])

    allow({
      day: {
        date: '2026-11-25',
        endsAtMs: 90_000_000,
        added: { poll: 0, chart: 1, write: 0 },
        isSpent: { poll: false, chart: false, write: false },
        arePollsAhead: false,
      },
    })
    await time.advance(0)

    expect(outcomes).toEqual(['yesterday', 'first'])
    expect(budget.availableOn('2026-11-25').chart).toBe(0)
    expect(budget.availableOn('2026-11-24').chart).toBe(0)
  })

  it('grants no slot after it stopped, and returns the unused requests', async () => {
    const { time, take, budget, outcomes } = aBudget({ available: 3, polls: 5 })
    take('first')
    await time.advance(0)

    const left = budget.stop()
    take('second')
    await time.advance(60_000)

    expect(left).toEqual({ date: '2026-11-24', unused: { poll: 5, chart: 2, write: 0 } })
    expect(outcomes).toEqual(['first'])
  })
})
