import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { FakeClock, TaskOrchestrator } from '@authscript/orchestrator'
import { describe, expect, it } from 'vitest'
import { createSandbox } from '../../sandbox-ehr/src/server.ts'
import { systemClock } from '../src/clock.ts'
import { GatewayError } from '../src/errors.ts'
import { anEhrSettings } from './ehr/an-ehr-settings.ts'
import { createEhr } from '../src/fhir/ehr.ts'
import { createHttpAnalyzer } from '../src/intelligence/over-http.ts'
import { aRateShare } from './rate/a-rate-share.ts'

/** Real HTTP on virtual time: the requests are sent, and the test advances the clock through the delays between them. */

const ref = {
  practiceId: '195900',
  patientId: 'a-195900.E-60178',
  encounterId: 'a-195900.encounter-1001',
}

/** Runs a call that fails as a task, and returns the virtual times at which its attempts began. */
async function attemptTimes(
  call: (signal: AbortSignal) => Promise<unknown>,
): Promise<{ readonly times: readonly number[]; readonly error: unknown }> {
  const clock = new FakeClock()
  const times: number[] = []
  const failed = { attempt: Promise.withResolvers<number | undefined>() }
  const orchestrator = new TaskOrchestrator({
    clock,
    shouldRetry: (error) => error instanceof GatewayError && error.kind === 'transient',
    observer: { attemptFailed: (_task, _error, delayMs) => failed.attempt.resolve(delayMs) },
  })
  const result = orchestrator
    .execute({
      name: 'call',
      run({ signal }) {
        times.push(clock.now())
        return call(signal)
      },
    })
    .then(
      () => undefined,
      (error: unknown) => error,
    )
  for (;;) {
    const delayMs = await failed.attempt.promise
    if (delayMs === undefined) break
    failed.attempt = Promise.withResolvers()
    const before = times.length
    await clock.advance(delayMs - 1)
    expect(times).toHaveLength(before)
    await clock.advance(1)
  }
  return { times, error: await result }
}

describe('seed: Resilience behavior', () => {
  it('FHIR API timeout: retried after 2 s, 4 s and 8 s, then given up as ehr_timeout', async () => {
    await using sandbox = createSandbox()
    await sandbox.start()
    sandbox.control.addFault({
      kind: 'latency',
      latencyMs: 60_000,
      match: { resourceType: 'Encounter' },
    })
    const share = aRateShare()
    const ehr = createEhr(
      // Long enough that each request is sent on a busy machine, and short against the sandbox's minute.
      anEhrSettings(sandbox, { RequestTimeoutSeconds: 1, MaxConnections: 2 }),
      { clock: systemClock, budget: share.budget, guard: (call) => call() },
    )

    const { times, error } = await attemptTimes((signal) => ehr.readEncounterStatus(ref, signal))

    expect(times).toEqual([0, 2000, 6000, 14_000])
    expect(error).toMatchObject({ code: 'ehr_timeout' })
    expect(sandbox.control.requests({ resourceType: 'Encounter' })).toHaveLength(4)
    await ehr.close()
    await share.stop()
  })

  it('Intelligence service 503: retried after 2 s, 4 s and 8 s, then given up as intelligence_unavailable', async () => {
    let asked = 0
    const server = createServer((_request, response) => {
      asked += 1
      response.writeHead(503).end()
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const analyzer = createHttpAnalyzer(
      {
        baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
        apiKey: undefined,
        timeoutMs: 5000,
        guard: (call) => call(),
      },
      { switchedOn: [] },
    )

    const { times, error } = await attemptTimes((signal) =>
      analyzer.analyze({} as never, 'order-1', signal),
    )

    expect(times).toEqual([0, 2000, 6000, 14_000])
    expect(error).toMatchObject({ code: 'intelligence_unavailable', kind: 'transient' })
    expect(asked).toBe(4)
    await analyzer.close()
    server.closeAllConnections()
    server.close()
  })
})
