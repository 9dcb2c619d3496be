import { describe, expect, it } from 'vitest'
import { DependencyLog } from './dependency-log.ts'
import { RequestRate } from './request-rate.ts'

const start = Date.parse('2026-11-30T14:00:00Z')
function aClock() {
  let now = start
  return { now: () => new Date(now), pass: (ms: number) => void (now += ms) }
}
const failure = { ok: false, code: 'ehr_timeout', reason: 'no answer' } as const

describe('what is known of a dependency', () => {
  it('is nothing before the first call', () => {
    const log = new DependencyLog({ name: 'ehr', clock: aClock() })

    expect(log.view).toMatchObject({ state: 'not_asked', lastSuccessAt: null, callCount: 0 })
  })

  it('names the first failure after the last success as the moment since when it fails', () => {
    const clock = aClock()
    const log = new DependencyLog({ name: 'ehr', clock })
    log.record({ ok: true, durationMs: 12.4 })
    clock.pass(120_000)
    log.record(failure)
    clock.pass(60_000)
    log.record({ ...failure, code: 'ehr_unreachable' })

    expect(log.view).toMatchObject({
      state: 'failing',
      failingSince: '2026-11-30T14:02:00.000Z',
      lastSuccessAt: '2026-11-30T14:00:00.000Z',
      code: 'ehr_unreachable',
      lastMs: 12,
      callCount: 3,
      failureCount: 2,
    })
    log.record({ ok: true })
    expect(log.view).toMatchObject({ state: 'working', failingSince: null })
  })

  it('counts fifteen minutes, and forgets what is older', () => {
    const clock = aClock()
    const log = new DependencyLog({ name: 'ehr', clock })
    for (let minute = 0; minute < 40; minute += 1) {
      log.record(failure)
      clock.pass(60_000)
    }

    expect(log.view).toMatchObject({ callCount: 14, failureCount: 14 })
    clock.pass(3_600_000)
    expect(log.view).toMatchObject({ callCount: 0, failureCount: 0 })
  })

  it('says when an open breaker lets a call through', () => {
    const breaker = { state: 'open', openForMs: 12_000 } as const
    const log = new DependencyLog({ name: 'ehr', clock: aClock(), breaker })

    expect(log.view).toMatchObject({
      breaker: 'open',
      breakerOpenUntil: '2026-11-30T14:00:12.000Z',
    })
  })
})

describe('the rate of requests', () => {
  it('is that of whole seconds, and keeps no more than a minute', () => {
    const clock = aClock()
    const rate = new RequestRate(clock)
    for (let second = 0; second < 200; second += 1) {
      for (let one = 0; one < 3; one += 1) rate.add()
      clock.pass(1000)
    }

    expect(rate.inLast(10)).toBe(30)
    expect(rate.inLast(60)).toBe(180)
    rate.add()
    expect(rate.inLast(10), 'the second is not over').toBe(30)
    clock.pass(120_000)
    expect(rate.inLast(60)).toBe(0)
  })
})
