import { describe, expect, it } from 'vitest'
import { EhrCallMonitor, type EhrCallMonitorOptions } from './ehr-calls.ts'

const clock = { now: () => new Date('2026-06-15T18:00:00Z') }
const closed = { state: 'closed', openForMs: 0 }
const aMonitor = (overrides: Partial<EhrCallMonitorOptions> = {}) =>
  new EhrCallMonitor({ budget: { closure: undefined }, breaker: closed, clock, ...overrides })
const paused = { closure: { reason: 'asked_to_wait' as const, forMs: 60_000 } }
const spent = { closure: { reason: 'day_spent' as const, forMs: 21_600_000 } }
const open = { state: 'open', openForMs: 15_000 }

describe('EhrCallMonitor', () => {
  it.each([
    { name: 'nothing', options: {}, calls: { calling: true } },
    {
      name: 'a pause that the EHR asked for',
      options: { budget: paused },
      calls: { calling: false, reason: 'asked_to_wait', until: '2026-06-15T18:01:00.000Z' },
    },
    {
      name: 'a spent day',
      options: { budget: spent },
      calls: { calling: false, reason: 'daily_budget_spent', until: '2026-06-16T00:00:00.000Z' },
    },
    {
      name: 'an open circuit',
      options: { breaker: open },
      calls: { calling: false, reason: 'circuit_open', until: '2026-06-15T18:00:15.000Z' },
    },
    {
      name: 'a half-open circuit, which is called',
      options: { breaker: { state: 'half_open', openForMs: 0 } },
      calls: { calling: true },
    },
  ])('reports $name', ({ options, calls }) => {
    expect(aMonitor(options).calls).toEqual(calls)
  })

  it('reports refused credentials until the EHR answers again', () => {
    const monitor = aMonitor({ budget: paused })
    monitor.record({ errorCode: 'ehr_unauthorized' })
    monitor.record({ errorCode: 'ehr_timeout' })
    expect(monitor.calls).toEqual({ calling: false, reason: 'credentials_refused' })

    monitor.record({ status: 200 })

    expect(monitor.calls).toMatchObject({ reason: 'asked_to_wait' })
  })

  it.each([
    { name: 'no request yet', outcomes: [], fault: 'ehr_not_asked_yet' },
    { name: 'an answer', outcomes: [{ status: 200 }], fault: undefined },
    {
      name: 'an answer that is an error',
      outcomes: [{ errorCode: 'ehr_not_found' }],
      fault: undefined,
    },
    {
      name: 'refused credentials',
      outcomes: [{ status: 200 }, { errorCode: 'ehr_unauthorized' }],
      fault: 'ehr_credentials_refused',
    },
    {
      name: 'a first request that is not answered',
      outcomes: [{ errorCode: 'ehr_unreachable' }],
      fault: 'ehr_not_answering',
    },
    {
      name: 'two unanswered requests of an EHR that has answered',
      outcomes: [{ status: 200 }, { errorCode: 'ehr_timeout' }, { errorCode: 'ehr_unavailable' }],
      fault: undefined,
    },
    {
      name: 'three unanswered requests in a row',
      outcomes: [
        { status: 200 },
        { errorCode: 'ehr_timeout' },
        { errorCode: 'ehr_unavailable' },
        { errorCode: 'ehr_unreachable' },
      ],
      fault: 'ehr_not_answering',
    },
    {
      name: 'an answer after unanswered requests',
      outcomes: [{ errorCode: 'ehr_unreachable' }, { status: 200 }],
      fault: undefined,
    },
    {
      name: 'requests that were not sent',
      outcomes: [{ status: 200 }, ...Array.from({ length: 4 }, () => ({ errorCode: 'aborted' }))],
      fault: undefined,
    },
  ])('finds the fault after $name', ({ outcomes, fault }) => {
    const monitor = aMonitor()
    for (const outcome of outcomes) monitor.record(outcome)

    expect(monitor.fault).toBe(fault)
  })

  it('keeps the message of the failure until the EHR answers', () => {
    const monitor = aMonitor()
    const reason = 'reading metadata: the EHR at ehr.example:443 cannot be reached'

    monitor.record({ errorCode: 'ehr_unreachable', reason })
    expect(monitor.faultDetail).toBe(reason)
    monitor.record({ status: 200 })
    expect(monitor.faultDetail).toBeUndefined()
  })

  it('finds no fault if the daily budget was used up before the first request', () => {
    expect(aMonitor({ budget: spent }).fault).toBeUndefined()
  })
})
