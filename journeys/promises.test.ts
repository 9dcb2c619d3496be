import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { policies } from '@authscript/intelligence'
import { createIntelligenceService } from '../apps/intelligence-service/src/server.ts'
import { scenarioEncounters } from '../apps/sandbox-ehr/src/scenarios/scenarios.ts'
import { startWorld, anEncounter, type World, type WorldOptions } from './world.ts'

let world: World
const start = async (options: WorldOptions = {}) => {
  world = await startWorld(options)
  return world
}
afterEach(() => world[Symbol.asyncDispose]())

const approvable = anEncounter(1001, 60178)
const elsewhere = anEncounter(2001, 70001, '1959222')

async function itemsOf({ ask }: World, key?: string) {
  const response = await ask('/api/work-items?limit=200', key === undefined ? {} : { key })
  const { items } = (await response.json()) as {
    items: {
      workItemId: string
      encounterId: string
      review: string
      procedureCode: string | null
      hasForm: boolean
    }[]
  }
  return items
}

/** What the `expectation` of each encounter of the sandbox says in words: its orders, and whether they have a form. */
const results: Readonly<Record<string, readonly string[]>> = {
  'a-195900.encounter-1001': ['72148 ready_for_review form'],
  'a-195900.encounter-1002': ['72158 ready_for_review form'],
  'a-195900.encounter-1003': ['72148 missing_data form'],
  'a-195900.encounter-1004': ['72148 missing_data form'],
  // The order has only text, which names exactly one service.
  'a-195900.encounter-1005': ['72148 ready_for_review form'],
  'a-195900.encounter-1006': ['80053 not_required'],
  'a-195900.encounter-1007': [],
  'a-195900.encounter-1008': ['72148 ready_for_review form', '93880 no_policy'],
  'a-195900.encounter-1009': ['72148 requirements_not_met form'],
  'a-195900.encounter-1010': ['99213 not_required'],
  'a-195900.encounter-1011': ['J0129 no_policy'],
  'a-195900.encounter-1021': ['27447 ready_for_review form'],
  'a-195900.encounter-1022': ['E0601 ready_for_review form'],
  'a-195900.encounter-1023': ['70551 requirements_not_met form'],
  'a-1959222.encounter-2001': ['72149 ready_for_review form'],
}

describe('the scenarios', () => {
  it('end with the result that each of them states', async () => {
    const { sign, eventOf, keys } = await start()
    await sign(...scenarioEncounters)
    for (const { encounterId } of scenarioEncounters) {
      await eventOf(
        (event) =>
          event.eventType === 'EncounterProcessed' && event.data.encounterId === encounterId,
      )
    }

    const items = [...(await itemsOf(world)), ...(await itemsOf(world, keys.otherPractice))]
    const reviews = (encounterId: string) =>
      items
        .filter((item) => item.encounterId === encounterId)
        .map((item) => `${item.procedureCode} ${item.review}${item.hasForm ? ' form' : ''}`)
        .sort()
    expect(
      Object.fromEntries(
        scenarioEncounters.map(({ encounterId }) => [encounterId, reviews(encounterId)]),
      ),
    ).toEqual(results)
  })
})

describe('invariant 7: no practice sees another’s data', () => {
  it('hides another practice’s encounters in lists, by id, in forms and in events', async () => {
    const { sign, eventOf, ask, keys } = await start()
    await sign(approvable, elsewhere)
    for (const { encounterId } of [approvable, elsewhere]) {
      await eventOf(
        (event) =>
          event.eventType === 'EncounterProcessed' && event.data.encounterId === encounterId,
      )
    }
    const [own] = await itemsOf(world)
    const [theirs] = await itemsOf(world, keys.otherPractice)

    expect((await itemsOf(world)).map((item) => item.encounterId)).toEqual([approvable.encounterId])
    for (const path of [
      `/api/work-items/${theirs?.workItemId}`,
      `/api/work-items/${theirs?.workItemId}/form.pdf`,
      `/api/encounters/${elsewhere.encounterId}`,
    ]) {
      expect((await ask(path)).status).toBe(404)
    }
    expect((await ask(`/api/work-items/${own?.workItemId}/form.pdf`)).status).toBe(200)
    const foreign = await ask('/api/patients/register', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(elsewhere),
    })
    expect(foreign.status).toBe(403)
    const metrics = await (await fetch(`${world.gateway.address}/metrics`)).text()
    expect(metrics).toMatch(/^gateway_jobs_open 0$/m)
    expect(metrics).toMatch(/^gateway_dead_letters 0$/m)
    for (const secret of ['195900', 'Marchetti', approvable.patientId])
      expect(metrics).not.toContain(secret)
  })

  it('writes no name, date of birth or note text to the log or into events', async () => {
    const { sign, eventOf, events, logged, sandbox } = await start()
    sandbox.control.addFault({
      kind: 'truncated_json',
      match: { resourceType: 'Condition' },
      times: 1,
    })
    await sign(approvable)
    await eventOf((event) => event.eventType === 'EncounterProcessed')

    const output = `${logged.join('')}${JSON.stringify(await events())}`
    expect(output).toContain('attempt failed; trying again')
    for (const phi of [
      'Marchetti',
      'Donna',
      '1968-03-15',
      'physical therapy',
      'PHP60178442',
      'Juniper',
    ])
      expect(output).not.toContain(phi)
  })
})

describe('invariant 1: an encounter admitted is processed exactly once in effect', () => {
  it('admits an encounter once, however often it is registered and polled', async () => {
    const { gateway, sign, eventOf, events } = await start()
    await sign(approvable)
    await eventOf((event) => event.eventType === 'EncounterProcessed')
    await Promise.all(Array.from({ length: 5 }, () => gateway.register(approvable)))
    await sign(anEncounter(1007, 60184))
    await eventOf(
      (event) =>
        event.eventType === 'EncounterProcessed' && event.data.encounterId.endsWith('1007'),
    )

    const detected = (await events()).filter(
      (event) =>
        event.eventType === 'EncounterDetected' &&
        event.data.encounterId === approvable.encounterId,
    )
    expect(detected).toHaveLength(1)
  })

  it('restart mid-encounter loses nothing and doubles nothing', async () => {
    const { sign, eventOf, events, restart, sandbox } = await start({
      config: { TaskOrchestrator: { DrainTimeoutSeconds: 0.05 } },
    })
    sandbox.control.addFault({
      kind: 'latency',
      latencyMs: 500,
      match: { resourceType: 'Coverage' },
      times: 1,
    })
    await sign(approvable)
    await eventOf((event) => event.eventType === 'EncounterProcessingStarted')

    await restart()
    await eventOf((event) => event.eventType === 'EncounterProcessed')

    expect((await events()).filter((event) => event.eventType === 'PA_FORM_READY')).toHaveLength(1)
    expect(await itemsOf(world)).toHaveLength(1)
  })
})

describe('a database whose connections are cut', () => {
  it('loses no encounter: running encounters are retried, and the stream continues', async () => {
    const { sign, eventOf, events, sandbox, cutDatabase } = await start()
    sandbox.control.addFault({
      kind: 'latency',
      latencyMs: 300,
      match: { resourceType: 'Coverage' },
      times: 2,
    })
    await sign(approvable, anEncounter(1003, 60180))
    await eventOf((event) => event.eventType === 'EncounterProcessingStarted')

    await cutDatabase()
    for (const { encounterId } of [approvable, anEncounter(1003, 60180)]) {
      await eventOf(
        (event) =>
          event.eventType === 'EncounterProcessed' && event.data.encounterId === encounterId,
      )
    }

    const allEvents = await events()
    expect(allEvents.filter((event) => event.eventType === 'EncounterProcessed')).toHaveLength(2)
    expect(allEvents.filter((event) => event.eventType === 'EncounterProcessingFailed')).toEqual([])
  })
})

describe('an encounter that is opened again', () => {
  it('supersedes what was drafted, and is assessed again when it is signed again', async () => {
    const { sign, eventOf, sandbox, events } = await start()
    await sign(approvable)
    await eventOf((event) => event.eventType === 'EncounterProcessed')

    sandbox.control.reopenEncounter(approvable.encounterId)
    await eventOf((event) => event.eventType === 'EncounterReopened')
    expect(await itemsOf(world)).toEqual([])
    const before = (await events()).length
    sandbox.control.signEncounter(approvable.encounterId)
    await eventOf((event) => event.eventType === 'EncounterProcessed' && event.sequence > before)

    expect(await itemsOf(world)).toMatchObject([{ review: 'ready_for_review', hasForm: true }])
  })
})

const serviceSettings = {
  host: '127.0.0.1',
  port: 0,
  apiKey: 'a-key',
  maxBodyBytes: 32e6,
  policyDirectory: undefined,
}

describe('analysis in a separate service', () => {
  it('gives the same answer over HTTP as in process', async () => {
    await using service = createIntelligenceService(serviceSettings, policies)
    const BaseUrl = await service.start()
    const { sign, eventOf } = await start({
      config: { Intelligence: { BaseUrl, ApiKey: 'a-key' } },
    })

    await sign(approvable)
    const event = await eventOf((one) => one.eventType === 'IntelligenceAnalysisComplete')

    expect(event.data).toMatchObject({ recommendation: 'approve', confidence: 0.9 })
  })

  it('says what to check when the key is wrong', async () => {
    await using service = createIntelligenceService(serviceSettings, policies)
    const BaseUrl = await service.start()
    const { sign, eventOf } = await start({
      config: { Intelligence: { BaseUrl, ApiKey: 'wrong' } },
    })

    await sign(approvable)
    const event = await eventOf((one) => one.eventType === 'EncounterProcessingFailed')

    expect(event.data).toMatchObject({
      code: 'intelligence_refused',
      attemptCount: 1,
      error: expect.stringContaining('Intelligence__ApiKey'),
    })
  })
})

describe('more load than workers', () => {
  it('is reported as one figure to operators and autoscalers, and adds workers if that is allowed', async () => {
    const { sandbox, sign, ask, keys, eventOf } = await start({
      config: {
        TaskOrchestrator: {
          WorkerCount: 1,
          Autoscale: { Apply: true, MaxWorkers: 4, TargetWaitSeconds: 0.1 },
        },
      },
    })
    sandbox.control.addFault({
      kind: 'latency',
      latencyMs: 1500,
      match: { resourceType: 'Observation' },
    })
    const encounters = [approvable, anEncounter(1003, 60180), anEncounter(1004, 60181)]

    await sign(...encounters)
    await Promise.all(
      encounters.map(({ encounterId }) =>
        eventOf(
          (event) =>
            event.eventType === 'EncounterProcessed' &&
            (event.data as { encounterId: string }).encounterId === encounterId,
        ),
      ),
    )

    const view = (await (await ask('/api/orchestrator', { key: keys.operator })).json()) as {
      workerCount: number
      scaling: { wantedWorkers: number; serviceMs: number }
    }
    expect(view.workerCount).toBeGreaterThan(1)
    expect(view.scaling.wantedWorkers).toBeGreaterThan(1)
    expect(view.scaling.serviceMs).toBeGreaterThan(0)
    const metrics = await (await ask('/metrics')).text()
    expect(metrics).toMatch(/^gateway_workers_wanted [2-4]$/m)
  })
})

describe('bad input', () => {
  it('refuses requests without a credential, of the wrong role, or of the wrong shape, as problem documents without a stack', async () => {
    const { ask, keys, gateway } = await start()
    const refused = async (path: string, init?: Parameters<World['ask']>[1]) => {
      const response = await ask(path, init)
      const text = await response.text()
      expect(text).not.toContain('node_modules')
      expect(response.headers.get('content-type')).toContain('application/problem+json')
      return {
        status: response.status,
        ...(JSON.parse(text) as { code: string; issues?: unknown[] }),
      }
    }
    const post = (body: string) => ({
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    })

    expect(await refused('/api/work-items', { key: 'wrong' })).toMatchObject({
      status: 401,
      code: 'unauthenticated',
    })
    expect(await refused('/api/work-items', { key: keys.operator })).toMatchObject({
      status: 403,
      code: 'role_missing',
    })
    expect(await refused('/api/orchestrator')).toMatchObject({ status: 403 })
    expect(await refused('/api/nowhere')).toMatchObject({ status: 404 })
    expect(await refused('/api/encounters/unknown')).toMatchObject({
      status: 404,
      code: 'not_found',
    })
    expect(await refused('/api/patients/register', post('{"patientId":"a b"}'))).toMatchObject({
      status: 400,
      code: 'request_invalid',
    })
    expect(await refused('/api/patients/register', post('{'))).toMatchObject({ status: 400 })
    expect(await refused('/api/patients/register', post(`"${'x'.repeat(2e6)}"`))).toMatchObject({
      status: 413,
    })
    await gateway.startChecks
    for (const path of ['/health/live', '/health/ready'])
      expect((await fetch(`${gateway.address}${path}`)).status).toBe(200)
  })

  it('starts without a payer’s form that cannot be read, and says which it is', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'refused-form-'))
    const [pdf, map] = [join(folder, 'aetna.pdf'), join(folder, 'aetna.json')]
    await writeFile(pdf, '%PDF-1.7 and nothing else')
    await writeFile(map, '{"form": "aetna", "fields": [{"name": "Name", "role": "patient.name"}]}')
    const templates = [{ Pdf: pdf, Map: map, Payers: ['Aetna'] }]

    const { gateway, logged, sign, eventOf } = await start({
      config: { Forms: { Templates: templates } },
    })
    await sign(approvable)
    await eventOf((event) => event.eventType === 'PA_FORM_READY')

    const ready = await fetch(`${gateway.address}/health/ready`)
    expect(ready.status).toBe(200)
    expect(await ready.json()).toMatchObject({
      refusedForms: [{ name: 'aetna', key: 'Forms.Templates.0', file: 'aetna.pdf' }],
    })
    const log = logged.join('')
    expect(log).toContain('a form is not used')
    expect(log).toContain('aetna.pdf')
    await rm(folder, { recursive: true })
  })

  it('keeps trying an EHR that cannot be reached, and admits the encounter when the EHR is back', async () => {
    const { sandbox, sign, eventOf, gateway } = await start()
    sandbox.control.addFault({ kind: 'reset', match: { resourceType: 'Encounter' }, times: 2 })

    await sign(approvable)
    await eventOf((event) => event.eventType === 'EncounterProcessed')

    expect((await gateway.pending()).jobs).toBe(0)
  })

  it('stays ready, and says that the EHR is not called, while the EHR asks for an absurd wait', async () => {
    const { sandbox, sign, gateway } = await start()
    await gateway.startChecks
    const fault = { kind: 'status', status: 429, retryAfterSeconds: 1_000_000_000 } as const
    sandbox.control.addFault({ ...fault, match: { resourceType: 'Encounter' } })
    await sign(approvable)

    for (;;) {
      const response = await fetch(`${gateway.address}/health/ready`)
      expect(response.status).toBe(200)
      const { status, ehr } = (await response.json()) as { status: string; ehr: object }
      expect(status).toBe('ready')
      if (JSON.stringify(ehr) !== '{"calling":true}') {
        expect(ehr).toEqual({ calling: false, reason: 'asked_to_wait', until: expect.any(String) })
        break
      }
      await new Promise((resolve) => setTimeout(resolve, 10))
    }

    const metrics = await (await fetch(`${gateway.address}/metrics`)).text()
    expect(metrics).toContain('gateway_ehr_calling{reason="asked_to_wait"} 0')
  })

  it('refuses to register an encounter for a second patient, and changes nothing', async () => {
    const { ask, gateway } = await start()
    await gateway.register(approvable)
    const read = async () =>
      (await (await ask(`/api/patients/${approvable.patientId}`)).json()) as {
        items: { encounterStatus: string | null; registeredAt: string; watch: string }[]
      }
    while ((await read()).items[0]?.encounterStatus === null)
      await new Promise((resolve) => setTimeout(resolve, 10))
    const [before] = (await read()).items

    const answer = await ask('/api/patients/register', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...approvable, patientId: 'a-195900.E-60179' }),
    })

    expect(answer.status).toBe(409)
    expect(await answer.json()).toMatchObject({ code: 'registration_conflict' })
    expect((await ask('/api/patients/a-195900.E-60179')).status).toBe(404)
    expect((await read()).items).toMatchObject([
      { registeredAt: before?.registeredAt, watch: 'open' },
    ])
    await expect(
      gateway.register({ ...approvable, patientId: 'a-195900.E-60179' }),
    ).rejects.toMatchObject({ code: 'registration_conflict' })
  })

  it('watches an encounter that the EHR does not know, and says so', async () => {
    const { ask, gateway } = await start()
    await gateway.register(anEncounter(9999, 60178))
    const read = async () =>
      (await (await ask('/api/patients/a-195900.E-60178')).json()) as {
        items: { lastErrorCode: string | null }[]
      }
    while ((await read()).items[0]?.lastErrorCode === null)
      await new Promise((resolve) => setTimeout(resolve, 10))

    expect((await read()).items).toMatchObject([
      { encounterId: 'a-195900.encounter-9999', lastErrorCode: 'encounter_unknown' },
    ])
  })
})

describe('a gateway with a wrong EHR configuration', () => {
  it.each([
    {
      what: 'a wrong secret',
      athena: { ClientSecret: 'wrong' },
      reason: 'ehr_credentials_refused',
    },
    {
      what: 'an EHR that is not there',
      athena: { FhirBaseUrl: 'http://127.0.0.1:9/fhir/r4/' },
      reason: 'ehr_not_answering',
    },
  ])('is alive but not ready, and says why: $what', async ({ athena, reason }) => {
    const { gateway } = await start({ config: { Athena: athena } })
    const checks = await gateway.startChecks

    const ready = await fetch(`${gateway.address}/health/ready`)

    expect(ready.status).toBe(503)
    expect(await ready.json()).toMatchObject({ status: 'not ready', reasons: [reason] })
    expect((await fetch(`${gateway.address}/health/live`)).status).toBe(200)
    // The start says more than the health check, which anybody may ask.
    const isSecret = reason === 'ehr_credentials_refused'
    expect(checks.find(({ name }) => name === (isSecret ? 'token' : 'ehr'))).toMatchObject(
      isSecret
        ? {
            isWell: false,
            code: 'ehr_unauthorized',
            remedy: 'check Athena.ClientSecret and Athena.ClientId',
          }
        : {
            isWell: false,
            code: 'ehr_unreachable',
            found: expect.stringMatching(
              /^reading metadata: the EHR at 127\.0\.0\.1:9 cannot be reached: .*refused.* \(ECONNREFUSED\); check Athena\.FhirBaseUrl$/,
            ),
            remedy: 'check the network and Athena.FhirBaseUrl',
          },
    )
  })

  it.each([
    { what: 'a wrong secret', athena: { ClientSecret: 'wrong' }, code: 'ehr_unauthorized' },
    {
      what: 'an EHR that is not there',
      athena: { FhirBaseUrl: 'http://127.0.0.1:9/fhir/r4/' },
      code: 'ehr_unreachable',
    },
  ])('reports it for each registration: $what', async ({ athena, code }) => {
    const { ask, gateway, logged } = await start({ config: { Athena: athena } })
    await gateway.register(approvable)
    const read = async () =>
      (await (await ask(`/api/patients/${approvable.patientId}`)).json()) as {
        items: { lastErrorCode: string | null }[]
      }
    while ((await read()).items[0]?.lastErrorCode === null)
      await new Promise((resolve) => setTimeout(resolve, 10))

    expect((await read()).items).toMatchObject([{ lastErrorCode: code }])
    expect(logged.join('')).toContain(`"code":"${code}"`)
  })
})
