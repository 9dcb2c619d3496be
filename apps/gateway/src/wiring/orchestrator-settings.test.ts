import { FakeClock, generatePolicy } from '@authscript/orchestrator'
import { describe, expect, it } from 'vitest'
import { overlayConfig } from '../config.ts'
import { toResilienceSettings } from './orchestrator-settings.ts'

const athena = {
  FhirBaseUrl: 'http://127.0.0.1/fhir/r4/',
  TokenEndpoint: 'http://127.0.0.1/token',
  ClientId: 'id',
  ClientSecret: 'hush',
}

/** The policy of a gateway whose `TaskOrchestrator.Resiliency` has these keys. */
function policyOf(section: object) {
  const config = overlayConfig({ Athena: athena, TaskOrchestrator: { Resiliency: section } }, {})
  const settings = toResilienceSettings(config.TaskOrchestrator.Resiliency)
  return generatePolicy('basic', settings, { clock: new FakeClock() })
}

describe('seed: TaskOrchestrator.Resiliency', () => {
  const seed = {
    RetryCount: 3,
    RetryIntervalSeconds: 2,
    UseExponentialBackoff: true,
    TimeoutIntervalSeconds: 60,
  }

  it.each([
    { section: seed, delays: [2000, 4000, 8000, undefined], timeoutMs: 60_000 },
    { section: {}, delays: [2000, 4000, 8000, undefined], timeoutMs: 60_000 },
    {
      section: { ...seed, UseExponentialBackoff: false },
      delays: [2000, 2000, 2000, undefined],
      timeoutMs: 60_000,
    },
    { section: { ...seed, RetryCount: 0 }, delays: [undefined], timeoutMs: 60_000 },
    {
      section: { RetryCount: 1, RetryIntervalSeconds: 0.05, TimeoutIntervalSeconds: 0.5 },
      delays: [50, undefined],
      timeoutMs: 500,
    },
  ])('retries after $delays ms with $section', ({ section, delays, timeoutMs }) => {
    const policy = policyOf(section)

    expect(delays.map((_, index) => policy.nextDelayMs(index + 1, new Error('503')))).toEqual(
      delays,
    )
    expect(policy.timeoutMs).toBe(timeoutMs)
    expect(policy.maxAttempts).toBe(delays.length)
  })
})
