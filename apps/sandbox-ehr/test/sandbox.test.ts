import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readSettings } from '../src/config.ts'
import { modeNames } from '../src/modes/mode.ts'
import { scenarioEncounters } from '../src/scenarios/scenarios.ts'
import { createSandbox, type Sandbox, type SandboxSettings } from '../src/server.ts'
import { openSandbox } from './sandbox-client.ts'

const practice = 'ah-practice=Organization/a-1.Practice-195900'
const patient = 'a-195900.E-60178'
let sandbox: Sandbox
let token: string

async function start(settings: Partial<SandboxSettings> = {}): Promise<void> {
  sandbox = createSandbox({ switches: { strictSearch: false, readOnlyFhir: false }, ...settings })
  await sandbox.start()
  token = ((await (await askToken({})).json()) as { access_token: string }).access_token
}

const scopes =
  'Patient Encounter Condition Observation MedicationRequest Binary ServiceRequest Coverage'
    .split(' ')
    .map((type) => `system/${type}.rs`)
const askToken = (over: Record<string, string>) =>
  fetch(sandbox.tokenUrl, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: 'sandbox-client',
      client_secret: 'sandbox-secret',
      scope: [...scopes, 'system/DocumentReference.crs'].join(' '),
      ...over,
    }),
  })
const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(`${sandbox.fhirBaseUrl}${path}`, {
    headers: { authorization: `Bearer ${token}`, ...headers },
  })

interface Bundle {
  resourceType: string
  total: number
  link: { relation: string; url: string }[]
  entry: { resource: { resourceType: string; id: string }; search: { mode: string } }[]
  issue: { diagnostics: string }[]
}
const bundleOf = async (path: string) => (await (await get(path)).json()) as Bundle

beforeEach(() => start())
afterEach(() => sandbox.stop())

describe('the capability statement', () => {
  it('is given without a token, and fails as the faults say, by its type or by any', async () => {
    const { control, fhirBaseUrl } = sandbox
    const ask = async () => (await fetch(`${fhirBaseUrl}metadata`)).status
    expect(await ask()).toBe(200)

    control.addFault({ kind: 'status', status: 503, match: { resourceType: 'metadata' } })
    expect(await ask()).toBe(503)
    expect((await get(`Patient/${patient}?${practice}`)).status).toBe(200)
    control.clearFaults()
    control.addFault({ kind: 'reset' })
    await expect(ask()).rejects.toThrow('fetch failed')

    control.clearFaults()
    expect(await ask()).toBe(200)
  })
})

describe('signing in', () => {
  it.each([
    { over: { client_secret: 'wrong' }, status: 401, error: 'invalid_client' },
    { over: { scope: '' }, status: 400, error: 'invalid_scope' },
    { over: { scope: 'everything' }, status: 400, error: 'invalid_scope' },
    { over: { grant_type: 'password' }, status: 400, error: 'unsupported_grant_type' },
  ])('answers $error to $over', async ({ over, status, error }) => {
    const response = await askToken(over)

    expect(response.status).toBe(status)
    expect(await response.json()).toMatchObject({ error })
  })

  it('refuses a missing, an unknown and an expired token', async () => {
    expect((await get(`Patient/${patient}?${practice}`, { authorization: '' })).status).toBe(401)
    expect(
      (await get(`Patient/${patient}?${practice}`, { authorization: 'Bearer x' })).status,
    ).toBe(401)
    sandbox.control.expireTokens()
    expect((await get(`Patient/${patient}?${practice}`)).status).toBe(401)
  })

  it('allows only what the scopes list', async () => {
    token = (
      (await (await askToken({ scope: 'system/Patient.rs' })).json()) as { access_token: string }
    ).access_token

    expect((await get(`Patient/${patient}?${practice}`)).status).toBe(200)
    expect((await get(`Condition?patient=${patient}&${practice}`)).status).toBe(403)
  })
})

describe('the requirements of athenahealth', () => {
  it.each([
    { path: `Patient/${patient}`, status: 400, says: 'ah-practice is required' },
    {
      path: `Patient/${patient}?ah-practice=Organization%2Fa-1.Practice-195900`,
      status: 400,
      says: 'slash unencoded',
    },
    {
      path: `Patient/${patient}?ah-practice=Organization/a-1.Practice-1`,
      status: 403,
      says: 'no access to practice 1',
    },
    {
      path: `Encounter?status=finished&${practice}`,
      status: 403,
      says: 'parameter combinations is required for Encounter: patient; _id',
    },
    { path: `Patient?gender=female&${practice}`, status: 403, says: 'family and birthdate' },
    {
      path: `Condition?patient=${patient}&colour=red&${practice}`,
      status: 400,
      says: "parameter 'colour'",
    },
    { path: `Patient/nobody?${practice}`, status: 404, says: 'not known' },
  ])('$path: $status', async ({ path, status, says }) => {
    const response = await get(path)

    expect(response.status).toBe(status)
    expect(((await response.json()) as Bundle).issue[0]?.diagnostics).toContain(says)
  })

  it('separates practices', async () => {
    expect((await get(`Patient/a-1959222.E-70001?${practice}`)).status).toBe(404)
  })

  it('pages with next links and adds Provenance entries', async () => {
    const first = await bundleOf(`Condition?patient=${patient}&_count=2&${practice}`)
    const next = first.link.find((link) => link.relation === 'next')?.url ?? ''
    const second = (await (
      await fetch(next, { headers: { authorization: `Bearer ${token}` } })
    ).json()) as Bundle

    expect(first.total).toBe(3)
    expect([...first.entry, ...second.entry].map((one) => one.resource.id)).toHaveLength(3)
    expect(second.link.some((link) => link.relation === 'next')).toBe(false)
    const medications = await bundleOf(`MedicationRequest?patient=${patient}&${practice}`)
    expect(medications.entry.map((one) => one.resource.resourceType)).toContain('Provenance')
  })

  it('filters by date, category and code', async () => {
    expect(
      (await bundleOf(`Observation?patient=${patient}&category=laboratory&${practice}`)).total,
    ).toBe(1)
    expect(
      (await bundleOf(`Observation?patient=${patient}&code=http://loinc.org|2160-0&${practice}`))
        .total,
    ).toBe(1)
    expect((await bundleOf(`Observation?patient=${patient}&date=ge2999&${practice}`)).total).toBe(0)
    expect(
      (await bundleOf(`Observation?patient=${patient}&date=ge2000-01&${practice}`)).total,
    ).toBe(3)
  })

  it('limits per second and per day, with Retry-After and the remaining requests', async () => {
    sandbox.control.setRateLimit({ perSecond: 2, perDay: 100 })
    const answers = await Promise.all(
      Array.from({ length: 4 }, () => get(`Patient/${patient}?${practice}`)),
    )

    expect(answers.map((answer) => answer.status).sort((a, b) => a - b)).toEqual([
      200, 200, 429, 429,
    ])
    expect(answers.find((answer) => answer.status === 429)?.headers.get('retry-after')).toBe('1')
    expect(answers[0]?.headers.get('x-ratelimit-limit-day')).toBe('100')
  })
})

describe('control', () => {
  it('signs and re-opens an encounter, with a new version each time', async () => {
    const [encounter] = scenarioEncounters
    const read = async () =>
      (await (await get(`Encounter/${encounter?.encounterId}?${practice}`)).json()) as {
        status: string
        meta: { versionId: string }
      }

    await fetch(`${sandbox.baseUrl}/control/encounters/${encounter?.encounterId}/sign`, {
      method: 'POST',
    })
    expect(await read()).toMatchObject({ status: 'finished', meta: { versionId: '2' } })
    await fetch(`${sandbox.baseUrl}/control/encounters/${encounter?.encounterId}/reopen`, {
      method: 'POST',
    })
    expect(await read()).toMatchObject({ status: 'in-progress', meta: { versionId: '3' } })
    expect(
      (await fetch(`${sandbox.baseUrl}/control/encounters/none/sign`, { method: 'POST' })).status,
    ).toBe(404)
  })

  it('adds a resource, and plans a fault that applies the given number of times', async () => {
    const post = (path: string, body: unknown) =>
      fetch(`${sandbox.baseUrl}/control/${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
    await post('resources', {
      practiceId: '195900',
      resource: { resourceType: 'Patient', id: 'new-1' },
    })
    await post('faults', {
      kind: 'status',
      status: 503,
      retryAfterSeconds: 7,
      times: 1,
      match: { patientId: 'new-1' },
    })

    const struck = await get(`Patient/new-1?${practice}`)
    expect([struck.status, struck.headers.get('retry-after')]).toEqual([503, '7'])
    expect((await get(`Patient/new-1?${practice}`)).status).toBe(200)
    expect((await post('faults', { kind: 'meteor' })).status).toBe(400)
  })

  it('records every request but never a body', async () => {
    await get(`Condition?patient=${patient}&${practice}`)
    await get(`Condition?${practice}`)

    const asked = (await (
      await fetch(`${sandbox.baseUrl}/control/requests?resourceType=Condition`)
    ).json()) as object[]
    expect(asked).toMatchObject([
      {
        method: 'GET',
        resourceType: 'Condition',
        patientId: patient,
        practiceId: '195900',
        status: 200,
      },
      { status: 403 },
    ])
    expect(sandbox.control.summary()).toMatchObject({ byStatus: { 200: 2, 403: 1 } })
  })
})

describe('serving a folder', () => {
  it('loads bundles and single resources, skips other files with a reason, and keeps the ids of patients distinct', async () => {
    await sandbox.stop()
    const data = mkdtempSync(join(tmpdir(), 'sandbox-data-'))
    const write = (name: string, value: unknown) =>
      writeFileSync(join(data, name), typeof value === 'string' ? value : JSON.stringify(value))
    mkdirSync(join(data, 'inner'))
    const patientResource = (id: string, family: string) => ({
      resourceType: 'Patient',
      id,
      name: [{ family }],
    })
    write('a-bundle.json', {
      resourceType: 'Bundle',
      type: 'transaction',
      entry: [
        {
          fullUrl: 'urn:uuid:11111111-2222',
          resource: { resourceType: 'Patient', name: [{ family: 'First' }] },
        },
        {
          fullUrl: 'urn:uuid:33333333-4444',
          resource: {
            resourceType: 'Encounter',
            status: 'finished',
            subject: { reference: 'urn:uuid:11111111-2222' },
          },
        },
      ],
    })
    write('b-single.json', `\uFEFF${JSON.stringify(patientResource('p1', 'Second'))}`)
    write('c-collision.json', {
      resourceType: 'Bundle',
      entry: [
        { resource: patientResource('p1', 'Another') },
        { resource: { resourceType: 'Condition', id: 'c1', subject: { reference: 'Patient/p1' } } },
      ],
    })
    write('d-truncated.json', '{"resourceType":"Patient"')
    write('e-list.json', [1])
    write('f-hook.json', { hook: 'order-sign' })
    write(
      'g-deep.json',
      `{"resourceType":"Patient","id":"deep","x":${'['.repeat(5000)}${']'.repeat(5000)}}`,
    )
    write(
      'inner/h.ndjson',
      `${JSON.stringify(patientResource('n1', 'Line'))}\n${JSON.stringify(patientResource('n2', 'Line'))}\n`,
    )
    write('readme.txt', 'not looked at')

    await start({ data, scenarios: false })
    rmSync(data, { recursive: true })

    expect(sandbox.loaded).toMatchObject({
      files: 8,
      patients: 5,
      encounters: 1,
      collisions: ['c-collision.json'],
    })
    expect(sandbox.loaded?.skipped).toEqual([
      { file: 'd-truncated.json', reason: 'not JSON, or cut off' },
      { file: 'e-list.json', reason: 'not an object' },
      { file: 'f-hook.json', reason: 'has no resourceType' },
      { file: 'g-deep.json', reason: 'nested deeper than 100 levels' },
    ])
    expect(sandbox.control.encounters()).toEqual([
      {
        practiceId: '195900',
        patientId: '11111111-2222',
        encounterId: '33333333-4444',
        status: 'finished',
        patient: 'First',
      },
    ])
    expect((await bundleOf(`Condition?patient=p1&${practice}`)).total).toBe(0)
  })

  it.each(modeNames)('%s serves it, with next links and contained resources', async (as) => {
    await sandbox.stop()
    const data = mkdtempSync(join(tmpdir(), 'sandbox-data-'))
    const subject = { reference: 'Patient/p1' }
    const contained = [{ resourceType: 'Medication', id: 'm1', code: { text: 'etanercept' } }]
    const resources = [
      { resourceType: 'Patient', id: 'p1' },
      ...Array.from({ length: 150 }, (_, index) => ({
        resourceType: 'Condition',
        id: `c${index}`,
        subject,
      })),
      { resourceType: 'DeviceRequest', id: 'd1', intent: 'order', subject },
      { resourceType: 'DiagnosticReport', id: 'r1', status: 'final', subject },
      { resourceType: 'MedicationRequest', id: 'm1', intent: 'order', subject, contained },
    ]
    writeFileSync(join(data, 'all.ndjson'), resources.map((one) => JSON.stringify(one)).join('\n'))

    await using client = await openSandbox({ as, data, scenarios: false })
    rmSync(data, { recursive: true })
    const ids: string[] = []
    let page = await client.bundle('Condition?patient=p1')
    for (;;) {
      ids.push(...page.entry.map((one) => one.resource.id))
      const next = page.link.find((one) => one.relation === 'next')?.url
      if (next === undefined) break
      page = (await (await client.follow(next)).json()) as typeof page
    }

    expect(client.sandbox.loaded).toMatchObject({ resources: 154, skipped: [] })
    expect(new Set(ids).size).toBe(150)
    expect((await client.bundle('DeviceRequest?patient=p1')).entry).toHaveLength(1)
    expect((await client.bundle('DiagnosticReport?patient=p1')).entry).toHaveLength(1)
    expect(
      (await client.bundle('MedicationRequest?patient=p1&intent=order')).entry[0]?.resource,
    ).toMatchObject({ contained })
    await start()
  })
})

describe('settings', () => {
  it.each([
    { args: [], environment: {}, as: 'athenahealth', switches: {} },
    { args: ['--as', 'epic'], environment: { Sandbox__As: 'hapi' }, as: 'epic', switches: {} },
    {
      args: [],
      environment: { Sandbox__As: 'us-core', Sandbox__StrictSearch: 'false' },
      as: 'us-core',
      switches: { strictSearch: false },
    },
  ])('$args over $environment: $as', ({ args, environment, as, switches }) => {
    expect(readSettings(args, environment)).toMatchObject({ as, switches })
  })

  it.each([
    { args: ['--as', 'nobody'], environment: {}, says: 'athenahealth, epic' },
    { args: [], environment: { Sandbox__ReadOnlyFhir: 'yes' }, says: 'true or false' },
    { args: [], environment: { Sandbox__Host: '' }, says: 'Sandbox__Host: found ""' },
    {
      args: ['--port', '70000'],
      environment: {},
      says: '--port: found "70000"; expected a whole number from 0 to 65535',
    },
    {
      args: [],
      environment: { SANDBOX_PORT: '1' },
      says: 'SANDBOX_PORT: unknown variable; known: ',
    },
  ])('refuses $args $environment', ({ args, environment, says }) => {
    expect(() => readSettings(args, environment)).toThrow(says)
  })

  it('names every fault at once, one line each', () => {
    const environment = { Sandbox__Port: 'x', Sandbox__PageSize: '-1', Sandbox__Prot: '1' }

    expect(() => readSettings([], environment)).toThrow(
      /^the settings are wrong:\n {2}- Sandbox__Prot: .*\n {2}- Sandbox__Port: .*\n {2}- Sandbox__PageSize: .*$/,
    )
  })
})
