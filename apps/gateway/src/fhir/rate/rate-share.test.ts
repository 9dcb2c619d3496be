import { FakeClock } from '@authscript/orchestrator'
import { describe, expect, it } from 'vitest'
import { VirtualClock } from '../../../test/rate/virtual-clock.ts'
import { type Claim, type NodeDeparture, RateShare, type ShareState } from './rate-share.ts'

const never = new AbortController().signal
const alone: ShareState = {
  others: [],
  nowMs: 0,
  date: '2026-11-24',
  dayEndsInMs: 3_600_000,
  reserved: 0,
  reservedPolls: 0,
}
const withAnother = (slots: number): ShareState => ({
  ...alone,
  others: [{ nodeId: 'other', slots }],
})

/** A node whose store returns what the test sets, and answers `answerAfterMs` after it has written. */
function aNode(first: ShareState = alone, answerAfterMs = 0) {
  const time = new FakeClock()
  const clock = new VirtualClock(time)
  const store = { state: first, answerAfterMs, isLost: false }
  const claims: Claim[] = []
  const departures: NodeDeparture[] = []
  const lines: string[] = []
  const share = new RateShare({
    perSecond: 10,
    perDay: 1000,
    pollingShare: 0.6,
    clock,
    log: {
      warn: (...written: unknown[]) => void lines.push(String(written.at(-1))),
      info: (...written: unknown[]) => void lines.push(String(written.at(-1))),
    },
    store: {
      async renew(_nodeId, _leaseMs, claim) {
        const claimed = claim(store.state)
        claims.push(claimed)
        await clock.sleep(store.answerAfterMs, never)
        if (store.isLost) throw new Error('the connection broke')
        return claimed
      },
      leave: async (_nodeId, departure) => void departures.push(departure),
    },
  })
  share.start()
  share.start()
  /** Waits for a slot and keeps it. */
  const take = (count: number) => {
    for (let index = 0; index < count; index += 1) void share.budget.take('chart', never)
  }
  return { time, store, claims, departures, lines, share, take }
}

describe('RateShare', () => {
  it('respects a lower rate that the EHR reports, and logs it once', async () => {
    const { time, claims, lines, share } = aNode()
    await time.advance(1)
    expect(claims.at(-1)).toMatchObject({ slots: 10 })

    share.budget.reportRate(3.7)
    await time.advance(2000)
    share.budget.reportRate(3.7)
    await time.advance(2000)

    expect(claims.at(-1)).toMatchObject({ slots: 3 })
    expect(lines).toEqual([
      'the EHR allows fewer requests per second than Ehr.RequestsPerSecond / Ehr__RequestsPerSecond; using its limit',
    ])
  })

  it.each([
    { reported: 100, slots: 10 },
    { reported: 0, slots: 1 },
    { reported: 0.5, slots: 1 },
  ])('takes $slots slots where the EHR reports $reported a second', async ({ reported, slots }) => {
    const { time, claims, share } = aNode()
    share.budget.reportRate(reported)

    await time.advance(2001)

    expect(claims.at(-1)).toMatchObject({ slots })
  })

  it('takes all slots if it is the only node', async () => {
    const { time, claims, take, share } = aNode()
    take(20)

    await time.advance(1)

    expect(claims).toMatchObject([{ slots: 10, reserve: { poll: 80, chart: 80, write: 0 } }])
    expect(share.budget.inUse).toBe(10)
  })

  it('uses no more than it is about to write until the store has answered', async () => {
    const { time, store, claims, take, share } = aNode()
    await time.advance(1999)
    store.state = withAnother(0)
    store.answerAfterMs = 100
    await time.advance(1)
    expect(claims.at(-1)).toMatchObject({ slots: 1 })

    take(5)
    await time.advance(50)

    expect(share.budget.inUse).toBe(1)
  })

  it('writes what is still in use while it lowers its share', async () => {
    const { time, store, claims, take } = aNode()
    take(10)
    await time.advance(1)

    store.state = withAnother(0)
    await time.advance(5000)

    expect(claims.at(-1)).toMatchObject({ slots: 10, limit: 5 })
  })

  it('does not use what it may have received if the answer was lost', async () => {
    const { time, store, claims, take, share } = aNode(withAnother(9))
    take(20)
    await time.advance(1)
    expect(share.budget.inUse).toBe(1)

    store.state = alone
    store.isLost = true
    await time.advance(3000)

    expect(claims.at(-1)).toMatchObject({ slots: 10 })
    expect(share.budget.inUse).toBe(1)
  })

  it('counts its lease from before the renewal', async () => {
    const { time, take, share } = aNode(alone, 4989)
    await time.advance(4989)
    take(1)
    await time.advance(0)
    expect(share.budget.inUse).toBe(1)

    const slow = aNode(alone, 4990)
    await slow.time.advance(4990)
    slow.take(1)
    await slow.time.advance(0)
    expect(slow.share.budget.inUse).toBe(0)
  })

  it('counts the rest of the day from before the renewal, and renews when the day ends', async () => {
    const { time, store, claims, take, share } = aNode({ ...alone, dayEndsInMs: 300 }, 300)
    await time.advance(300)
    take(1)
    await time.advance(0)
    expect(share.budget.inUse).toBe(0)

    store.state = { ...alone, date: '2026-11-25' }
    await time.advance(600)

    expect(claims).toHaveLength(2)
    expect(share.budget.inUse).toBe(1)
  })

  it('renews immediately when a request waits, but not continuously', async () => {
    const { time, store, claims, take } = aNode(withAnother(1))
    await time.advance(1600)
    const before = claims.length
    take(20)
    await time.advance(1)
    expect(claims).toHaveLength(before + 1)

    store.state = withAnother(9)
    await time.advance(1000)
    take(20)
    await time.advance(1000)

    expect(claims.length).toBeLessThan(before + 7)
  })

  it('reserves an equal part of the last requests of a day', async () => {
    const { time, claims } = aNode({ ...withAnother(1), reserved: 973 })

    await time.advance(1)

    expect(claims[0]).toMatchObject({
      reserve: { chart: 4, write: 0 },
      isSpent: { chart: false, write: false },
    })
  })

  it('releases requests of the day that it no longer needs', async () => {
    const { time, store, claims, share } = aNode()
    await time.advance(1)
    expect(share.budget.availableOn('2026-11-24').chart).toBe(80)

    store.state = withAnother(1)
    await time.advance(10_000)

    expect(claims.map((claim) => claim.reserve.chart)).toContain(-72)
    expect(share.budget.availableOn('2026-11-24').chart).toBe(8)
  })

  it('releases its slots, except those still in use, and its reserved requests', async () => {
    const { time, departures, share } = aNode()
    await time.advance(1)
    const answered = await share.budget.take('chart', never)
    await share.budget.take('chart', never)
    answered.release()

    await Promise.all([share.stop(), share.stop()])

    expect(departures).toEqual([
      { slots: 2, forMs: 3010, date: '2026-11-24', unused: { poll: 80, chart: 78, write: 0 } },
    ])
  })

  it('logs once that it cannot renew, and once that it can again', async () => {
    const { time, store, lines } = aNode()
    store.isLost = true
    await time.advance(10_000)
    store.isLost = false
    await time.advance(10_000)

    expect(lines).toEqual([
      "this node's share of the EHR's rate limit cannot be renewed; trying again",
      "this node's share of the EHR's rate limit is renewed again",
    ])
  })
})
