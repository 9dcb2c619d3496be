import { FakeClock } from '@authscript/orchestrator'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { createSandbox, type Sandbox } from '../../sandbox-ehr/src/server.ts'
import { scenarioEncounters } from '../../sandbox-ehr/src/scenarios/scenarios.ts'
import { systemClock } from '../src/clock.ts'
import { ChartMemo } from '../src/fhir/chart/chart-reading.ts'
import { expectedOf } from '../src/fhir/documents/expected-document.ts'
import { anEhrSettings } from './ehr/an-ehr-settings.ts'
import { createEhr, type Ehr } from '../src/fhir/ehr.ts'
import type { EhrSettings } from '../src/fhir/ehr-settings.ts'
import type { FhirClientDependencies } from '../src/fhir/client/fhir-client.ts'
import { RateBudget } from '../src/fhir/rate/rate-budget.ts'
import type { RateShare } from '../src/fhir/rate/rate-share.ts'
import { aRateShare } from './rate/a-rate-share.ts'
import { VirtualClock } from './rate/virtual-clock.ts'

const never = new AbortController().signal
const ref = {
  practiceId: '195900',
  patientId: 'a-195900.E-60178',
  encounterId: 'a-195900.encounter-1001',
}

let sandbox: Sandbox
let ehr: Ehr
const opened: Ehr[] = []
const shares: Pick<RateShare, 'stop'>[] = []

function anEhr(
  overrides: Partial<EhrSettings> = {},
  share: Pick<RateShare, 'budget' | 'stop'> = aRateShare(),
  guard: FhirClientDependencies['guard'] = (call) => call(),
): Ehr {
  const made = createEhr(
    { ...anEhrSettings(sandbox, { RequestTimeoutSeconds: 5, PageSize: 2 }), ...overrides },
    { clock: systemClock, budget: share.budget, guard },
  )
  opened.push(made)
  shares.push(share)
  return made
}

const readChart = (lastAttempt = false) =>
  ehr.readChart(ref, { memo: new ChartMemo(), lastAttempt }, never)
const completenessOf = (bundle: Awaited<ReturnType<typeof readChart>>, resourceType: string) =>
  bundle.completeness.find((one) => one.resourceType === resourceType)

beforeAll(async () => {
  sandbox = createSandbox({ pageSize: 2 })
  await sandbox.start()
  ehr = anEhr()
})
beforeEach(() => {
  sandbox.control.clearFaults()
  sandbox.control.clearRequests()
})
afterAll(async () => {
  await Promise.all(opened.map((one) => one.close()))
  await Promise.all(shares.map((one) => one.stop()))
  await sandbox.stop()
})

describe('reading a chart', () => {
  it('reads every type with all pages, and reports each as complete', async () => {
    const bundle = await readChart()

    expect(bundle.patient.familyName).toBe('Marchetti')
    expect(bundle.conditions).toHaveLength(3)
    expect(bundle.procedures).toHaveLength(4)
    expect(bundle.observations).toHaveLength(3)
    expect(bundle.orders[0]?.code.codings[0]?.code).toBe('72148')
    expect(bundle.coverages[0]).toMatchObject({
      memberId: 'PHP60178442',
      payerName: 'Prairie Health Plan',
      planName: 'Preferred PPO',
    })
    expect(bundle.medications.map((one) => one.medication.text)).toContain('naproxen 500 mg tablet')
    expect(bundle.practitioners[0]).toMatchObject({ name: 'Dr. Ada Okafor', npi: '1234567893' })
    expect(bundle.documents[0]?.content).toMatchObject({ kind: 'text' })
    // athenahealth has no DeviceRequest, so its scope is not asked for.
    expect(bundle.completeness.filter((one) => one.outcome !== 'complete')).toMatchObject([
      { resourceType: 'DeviceRequest', outcome: 'forbidden' },
    ])
  })

  it('searches reports if their scope is configured', async () => {
    const { scopes } = anEhrSettings(sandbox)
    const bundle = await anEhr({ scopes: [...scopes, 'system/DiagnosticReport.rs'] }).readChart(
      ref,
      { memo: new ChartMemo(), lastAttempt: false },
      never,
    )

    expect(bundle.reports).toEqual([])
    expect(completenessOf(bundle, 'DiagnosticReport')?.outcome).toBe('complete')
  })

  it('reads every encounter of the scenarios', async () => {
    for (const { practiceId, patientId, encounterId } of scenarioEncounters) {
      const bundle = await ehr.readChart(
        { practiceId, patientId, encounterId },
        { memo: new ChartMemo(), lastAttempt: false },
        never,
      )
      expect(bundle.encounter.source.resourceId).toBe(encounterId)
    }
  })

  it('sends ah-practice on every request, its slash unencoded', async () => {
    await readChart()

    const requests = sandbox.control
      .requests()
      .filter((request) => request.resourceType !== 'token')
    expect(requests.length).toBeGreaterThan(10)
    for (const request of requests)
      expect(request.query).toContain('ah-practice=Organization/a-1.Practice-195900')
  })

  it('drops and reports a resource of another patient (invariant 5: resources of other patients are dropped and reported)', async () => {
    sandbox.control.addFault({ kind: 'wrong_patient', match: { resourceType: 'Observation' } })

    const bundle = await readChart()

    expect(bundle.observations).toHaveLength(3)
    expect(completenessOf(bundle, 'Observation')).toMatchObject({
      outcome: 'complete',
      strangers: 1,
    })
  })

  it('records a forbidden type as forbidden, not as absent (invariant 3)', async () => {
    sandbox.control.addFault({ kind: 'status', status: 403, match: { resourceType: 'Condition' } })

    const bundle = await readChart()

    expect(completenessOf(bundle, 'Condition')).toMatchObject({
      outcome: 'forbidden',
      reason: 'ehr_forbidden',
    })
  })

  it('keeps the results for the next attempt', async () => {
    const memo = new ChartMemo()
    sandbox.control.addFault({
      kind: 'status',
      status: 503,
      match: { resourceType: 'Coverage' },
      times: 1,
    })
    await expect(ehr.readChart(ref, { memo, lastAttempt: false }, never)).rejects.toMatchObject({
      code: 'ehr_unavailable',
      kind: 'transient',
    })
    const before = sandbox.control.requests({ resourceType: 'Patient' }).length

    await ehr.readChart(ref, { memo, lastAttempt: false }, never)

    expect(sandbox.control.requests({ resourceType: 'Patient' })).toHaveLength(before)
    expect(
      sandbox.control.requests({ resourceType: 'Coverage' }).map((request) => request.status),
    ).toEqual([503, 200])
  })

  it.each([
    { fault: { kind: 'status', status: 500 } as const, code: 'ehr_unavailable', kind: 'transient' },
    {
      fault: { kind: 'status', status: 429, retryAfterSeconds: 0 } as const,
      code: 'ehr_rate_limited',
      kind: 'transient',
    },
    { fault: { kind: 'status', status: 404 } as const, code: 'ehr_not_found', kind: 'permanent' },
    { fault: { kind: 'reset' } as const, code: 'ehr_unreachable', kind: 'transient' },
    { fault: { kind: 'truncated_json' } as const, code: 'ehr_malformed', kind: 'transient' },
    { fault: { kind: 'malformed_json' } as const, code: 'ehr_malformed', kind: 'transient' },
    { fault: { kind: 'oversized' } as const, code: 'ehr_too_large', kind: 'permanent' },
    { fault: { kind: 'deep_nesting' } as const, code: 'ehr_too_large', kind: 'permanent' },
    { fault: { kind: 'expired_token' } as const, code: 'ehr_unauthorized', kind: 'permanent' },
  ])('classifies $fault.kind $fault.status as $code, $kind', async ({ fault, code, kind }) => {
    sandbox.control.addFault({ ...fault, match: { resourceType: 'ServiceRequest' } })

    await expect(readChart()).rejects.toMatchObject({ code, kind })
  })

  it.each([
    { fault: 'next_loop' as const, reason: 'circle' },
    { fault: 'foreign_next' as const, reason: 'leads outside of its base URL' },
  ])('keeps what came before a $fault, and calls it partial', async ({ fault, reason }) => {
    sandbox.control.addFault({ kind: fault, match: { resourceType: 'Condition' } })

    const bundle = await readChart()

    expect(bundle.conditions.length).toBeGreaterThan(0)
    expect(completenessOf(bundle, 'Condition')).toMatchObject({
      outcome: 'partial',
      reason: expect.stringContaining(reason),
    })
  })

  it('times out on a missing body, with an error without ids of people', async () => {
    sandbox.control.addFault({
      kind: 'slow_body',
      latencyMs: 60_000,
      match: { resourceType: 'Patient' },
    })
    // What comes before it is answered in time on a busy machine too.
    const impatient = anEhr({ requestTimeoutMs: 1000 })

    await expect(
      impatient.readChart(ref, { memo: new ChartMemo(), lastAttempt: false }, never),
    ).rejects.toMatchObject({
      code: 'ehr_timeout',
      message: expect.stringMatching(
        /^reading Patient: no complete answer from the EHR at 127\.0\.0\.1:\d+ within 1000 ms; check /,
      ),
    })
  })

  it('renews a refused token once and continues', async () => {
    await readChart()
    sandbox.control.expireTokens()

    await expect(ehr.readEncounterStatus(ref, never)).resolves.toEqual({
      status: 'in-progress',
      isOtherPatient: false,
    })
  })

  it('records a type that still fails on the last attempt as failed', async () => {
    sandbox.control.addFault({ kind: 'status', status: 503, match: { resourceType: 'Procedure' } })

    const bundle = await readChart(true)

    expect(completenessOf(bundle, 'Procedure')).toMatchObject({
      outcome: 'failed',
      reason: 'ehr_unavailable',
    })
  })

  it.each([
    { limit: { maxPages: 1 }, key: 'MaxPages' },
    { limit: { maxEntries: 2 }, key: 'MaxEntries' },
    { limit: { maxSearchBytes: 100 }, key: 'MaxSearchBytes' },
  ])('keeps what it read within $key, and calls it partial', async ({ limit, key }) => {
    const small = anEhr()
    const limits = { ...anEhrSettings(sandbox).limits, ...limit }
    const limited = anEhr({ limits })
    const whole = await small.readChart(ref, { memo: new ChartMemo(), lastAttempt: false }, never)
    const bundle = await limited.readChart(
      ref,
      { memo: new ChartMemo(), lastAttempt: false },
      never,
    )

    expect(bundle.conditions.length).toBeLessThan(whole.conditions.length)
    expect(completenessOf(bundle, 'Condition')).toMatchObject({
      outcome: 'partial',
      reason: expect.stringContaining(key),
    })
  })

  it('rejects an encounter that belongs to another patient', async () => {
    const wrong = { ...ref, patientId: 'a-195900.E-60179' }

    await expect(
      ehr.readChart(wrong, { memo: new ChartMemo(), lastAttempt: false }, never),
    ).rejects.toMatchObject({ code: 'ehr_wrong_patient' })
  })
})

describe('the rate budget', () => {
  it('never exceeds the configured rate as the EHR counts it', async () => {
    const careful = anEhr({}, aRateShare({ perSecond: 20 }))
    await careful.readEncounterStatus(ref, never)
    sandbox.control.clearRequests()

    await Promise.all(Array.from({ length: 50 }, () => careful.readEncounterStatus(ref, never)))

    expect(sandbox.control.summary().total).toBe(50)
    expect(sandbox.control.summary().maxPerSecond).toBeLessThanOrEqual(20)
  })

  it('does not send a request whose slot expired, and sends it on another slot', async () => {
    const time = new FakeClock()
    const budget = new RateBudget({
      perDay: 10,
      clock: new VirtualClock(time),
      onShortage: () => undefined,
    })
    const day = {
      date: '1970-01-01',
      endsAtMs: 1e6,
      added: { poll: 10, chart: 0, write: 0 },
      isSpent: { poll: false, chart: false, write: false },
      arePollsAhead: false,
    }
    const allow = () => budget.allow({ slots: 1, leaseEndsAtMs: time.now() + 1000, day })
    const asksAgain = Promise.withResolvers<void>()
    const take = vi.spyOn(budget, 'take').mockImplementation((...args) => {
      if (take.mock.calls.length === 2) asksAgain.resolve()
      return RateBudget.prototype.take.apply(budget, args)
    })
    allow()
    const paused = anEhr({}, { budget, stop: async () => void budget.stop() }, async (call) => {
      await time.advance(1000)
      return call()
    })

    const status = paused.readEncounterStatus(ref, never)
    await asksAgain.promise
    expect(sandbox.control.requests({ resourceType: 'Encounter' })).toHaveLength(0)
    await time.advance(1010)
    allow()

    expect(await status).toMatchObject({ status: 'in-progress' })
    expect(sandbox.control.requests({ resourceType: 'Encounter' })).toHaveLength(1)
  })

  it('reports that the day is spent, and when the next one starts', async () => {
    const poor = anEhr({}, aRateShare({ perDay: 1 }))

    const chart = poor.readChart(ref, { memo: new ChartMemo(), lastAttempt: false }, never)

    await expect(chart).rejects.toMatchObject({
      code: 'ehr_quota_exhausted',
      kind: 'transient',
    })
  })
})

describe('documents of an EHR that accepts them with FHIR', () => {
  let sandbox: Sandbox
  beforeEach(async () => {
    sandbox = createSandbox({ as: 'hapi' })
    await sandbox.start()
  })
  afterEach(() => sandbox.stop())
  const writing = () => anEhr(anEhrSettings(sandbox, { Profile: 'hapi' }))

  const document = (identifier: string) => ({
    identifier,
    title: 'Prior authorization',
    pdf: new TextEncoder().encode(`%PDF-1.7 ${identifier}`),
    createdAt: new Date(),
  })

  it('finds what it created by its identifier, and verifies it by reading it back', async () => {
    const { documents } = writing()
    const sent = document('wi-1.v1')
    const expected = expectedOf(sent)
    const before = await documents.reconcile(ref, { expected }, never)

    const created = await documents.send(ref, sent, never)
    const { documentId = '' } = created as { documentId?: string }

    expect(before.outcome).toBe('absent')
    expect(await documents.verify(ref, documentId, expected, never)).toMatchObject({
      verdict: 'ours',
    })
    expect(await documents.reconcile(ref, { expected }, never)).toEqual({
      outcome: 'present',
      documentId,
      evidence: 'identifier',
    })
    expect(sandbox.control.documents()).toHaveLength(1)
  })

  it('returns unanswered with an ambiguous error for a create without a clear answer', async () => {
    sandbox.control.addFault({
      kind: 'truncated_json',
      match: { method: 'POST', resourceType: 'DocumentReference' },
    })

    expect(await writing().documents.send(ref, document('wi-2.v1'), never)).toMatchObject({
      outcome: 'unanswered',
      error: { code: 'ehr_write_ambiguous', kind: 'ambiguous' },
    })
  })
})
