import { afterEach, describe, expect, it } from 'vitest'
import { type BehaviourName, ehrBehaviours } from './behaviours/behaviours.ts'
import type { ChartFaults } from './chart-faults.ts'
import type { FhirResource } from './fhir-engine.ts'
import { IndependentEhr } from './independent-ehr.ts'
import { client } from './token-endpoint.ts'

const pdf = Buffer.from('%PDF-1.7 an approved form')
const patientId = 'a-195900.E-1'
const subject = { reference: `Patient/${patientId}` }
const practice = 'ah-practice=Organization/a-1.Practice-195900'

const resources: readonly FhirResource[] = [
  { resourceType: 'Patient', id: patientId },
  { resourceType: 'Encounter', id: 'e1', status: 'in-progress', subject },
  { resourceType: 'DocumentReference', id: 'note', status: 'current', subject, content: [] },
  ...[1, 2, 3].map((index) => ({
    resourceType: 'Observation',
    id: `o${index}`,
    status: 'final',
    category: [{ coding: [{ code: 'laboratory' }] }],
    subject,
    effectiveDateTime: `2026-0${index}-01T10:00:00Z`,
  })),
]

const document = {
  resourceType: 'DocumentReference',
  status: 'current',
  docStatus: 'final',
  type: { coding: [{ system: 'http://loinc.org', code: '64299-8' }] },
  category: [{ text: 'Correspondence' }],
  identifier: [{ system: 'https://example.org/ours', value: 'one' }],
  subject,
  context: {
    encounter: [{ reference: 'Encounter/e1' }],
    period: { start: '2026-01-01T10:00:00Z' },
  },
  content: [{ attachment: { contentType: 'application/pdf', data: pdf.toString('base64') } }],
}

let ehr: IndependentEhr
let token: string
afterEach(() => ehr.stop())

async function start(name: BehaviourName, faults: ChartFaults = {}): Promise<void> {
  ehr = new IndependentEhr(ehrBehaviours[name])
  await ehr.start()
  await ehr.load(resources)
  ehr.setFaults(patientId, faults)
  const answer = await fetch(ehr.tokenUrl, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: client.clientId,
      client_secret: client.clientSecret,
    }),
  })
  token = ((await answer.json()) as { access_token: string }).access_token
}

const ask = (path: string, init: RequestInit = {}) =>
  fetch(`${path.startsWith('/v1/') ? ehr.origin : `${ehr.fhirBaseUrl}/`}${path}`, {
    redirect: 'manual',
    ...init,
    headers: { authorization: `Bearer ${token}`, ...init.headers },
  })

const create = (body: object = document) =>
  ask('DocumentReference', {
    method: 'POST',
    headers: { 'content-type': 'application/fhir+json' },
    body: JSON.stringify(body),
  })

interface SearchAnswer {
  readonly total?: number
  readonly link: readonly { readonly relation: string; readonly url: string }[]
  readonly entry: readonly { readonly resource: FhirResource }[]
}

async function idsOf(path: string): Promise<readonly string[]> {
  const answer = (await (await ask(path)).json()) as SearchAnswer
  return answer.entry.map((entry) => entry.resource.id ?? entry.resource.resourceType)
}

const ours = `DocumentReference?patient=${patientId}&identifier=https://example.org/ours|one`

describe('the independent EHR', () => {
  it('issues a token for the right secret only, and rejects requests without one', async () => {
    await start('hapi')

    const refused = await fetch(ehr.tokenUrl, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa(`${client.clientId}:wrong`)}` },
      body: new URLSearchParams({ grant_type: 'client_credentials' }),
    })
    token = 'another'

    expect(refused.status).toBe(401)
    expect((await ask('Patient/x')).status).toBe(401)
  })

  it('lets the engine decide what a search matches, with bare and typed references', async () => {
    await start('hapi')

    expect(await idsOf(`Observation?patient=${patientId}&date=ge2026-02-01`)).toEqual(['o2', 'o3'])
    expect(
      await idsOf(`Observation?subject=Patient/${patientId}&category=laboratory`),
    ).toHaveLength(3)
    expect(await idsOf(`Observation?patient=${patientId}&category=vital-signs`)).toEqual([])
  })

  it('keeps what was created, with its bytes, and records every request', async () => {
    await start('hapi')

    const answer = await create()

    expect(answer.status).toBe(201)
    expect(answer.headers.get('location')).toBe(
      `${ehr.fhirBaseUrl}/DocumentReference/created-1/_history/1`,
    )
    expect(ehr.documentsSentFor(patientId)).toMatchObject([
      { documentId: 'created-1', patientId, status: 'current', bytes: pdf },
    ])
    expect(await idsOf(ours)).toEqual(['created-1'])
    expect(ehr.requests.map((one) => `${one.method} ${one.status} ${one.patientId}`)).toEqual([
      'POST 200 undefined',
      `POST 201 ${patientId}`,
      `GET 200 ${patientId}`,
    ])
  })

  it('pages its results with next links', async () => {
    await start('us-core')

    const answer = await ask(`Observation?patient=${patientId}&category=laboratory&_count=2`)
    const page = (await answer.json()) as SearchAnswer

    const next = page.link.find((link) => link.relation === 'next')?.url ?? ''
    expect(page.entry).toHaveLength(2)
    expect(next).toMatch(/^Observation\?_page=/)
    expect(await idsOf(next)).toEqual(['o3'])
  })

  it('signs an encounter on request', async () => {
    await start('hapi')

    await ehr.signEncounter('e1')

    expect(await (await ask('Encounter/e1')).json()).toMatchObject({ status: 'finished' })
  })
})

describe('the behaviours', () => {
  it.each<[BehaviourName, string, number]>([
    ['hapi', `Observation?patient=${patientId}&made-up=1`, 400],
    ['medplum', `Observation?patient=${patientId}&made-up=1`, 400],
    ['azure', `Observation?patient=${patientId}&made-up=1`, 200],
    ['epic', `Observation?patient=${patientId}&category=laboratory&made-up=1`, 200],
    ['epic', `Observation?patient=${patientId}`, 400],
    ['oracle-health', `MedicationRequest?patient=${patientId}&authoredon=ge2026-01-01`, 400],
    ['us-core', `Encounter?_id=e1&patient=${patientId}`, 403],
    ['us-core', 'Encounter?_id=e1', 200],
    ['us-core', `Observation?patient=${patientId}&date=ge2026-01-01`, 403],
    ['us-core', `MedicationRequest?patient=${patientId}`, 403],
    ['us-core', `MedicationRequest?patient=${patientId}&intent=order`, 200],
    ['athenahealth', `MedicationRequest?patient=${patientId}&${practice}`, 403],
    ['athenahealth', `MedicationRequest?patient=${patientId}&intent=order&${practice}`, 200],
    ['athenahealth', `Encounter?patient=${patientId}`, 403],
    ['athenahealth', `Encounter?patient=${patientId}&${practice}`, 200],
    ['athenahealth', `Encounter?status=finished&${practice}`, 403],
  ])('as %s answers %s with %i', async (name, path, status) => {
    await start(name)

    expect((await ask(path)).status).toBe(status)
  })

  it.each<[BehaviourName, number, string | null, boolean]>([
    ['hapi', 201, 'DocumentReference/created-1/_history/1', true],
    ['medplum', 201, 'DocumentReference/created-1', true],
    ['azure', 201, 'DocumentReference/created-1/_history/1', true],
    ['epic', 201, 'DocumentReference/created-1', false],
    ['oracle-health', 201, 'DocumentReference/created-1', false],
    ['us-core', 201, 'DocumentReference/created-1', true],
  ])('as %s answers a create with %i and a Location', async (name, status, location, hasBody) => {
    await start(name)

    const answer = await create()

    expect(answer.status).toBe(status)
    expect(answer.headers.get('location')).toMatch(new RegExp(`${location}$`))
    expect((await answer.text()) !== '').toBe(hasBody)
  })

  it.each<[BehaviourName, object]>([
    ['epic', { docStatus: undefined }],
    ['epic', { type: { text: 'no code' } }],
    ['oracle-health', { context: { encounter: document.context.encounter } }],
    ['oracle-health', { type: { text: 'no code' } }],
  ])('as %s refuses a document without what it demands', async (name, without) => {
    await start(name)

    const answer = await create({ ...document, ...without })

    expect(answer.status).toBe(422)
    expect(ehr.documentsSentFor(patientId)).toEqual([])
  })

  it('as Epic keeps no identifier, ignores a search by it, says so, and links to content', async () => {
    await start('epic')
    await create()

    const found = (await (await ask(ours)).json()) as SearchAnswer

    const types = found.entry.map((entry) => entry.resource.resourceType)
    expect(types).toEqual([
      'DocumentReference',
      'DocumentReference',
      'OperationOutcome',
      'OperationOutcome',
    ])
    const kept = found.entry.map((entry) => entry.resource).find((one) => one.id === 'created-1')
    expect(kept).toMatchObject({
      content: [{ attachment: { url: 'Binary/content-created-1' } }],
    })
    expect(kept).not.toHaveProperty('identifier')
    const binary = await ask('Binary/content-created-1')
    expect(Buffer.from(await binary.arrayBuffer()).equals(pdf)).toBe(true)
  })

  it('respects If-None-Exist as HAPI', async () => {
    await start('hapi')
    await create()

    const again = await ask('DocumentReference', {
      method: 'POST',
      headers: { 'if-none-exist': 'identifier=https://example.org/ours|one' },
      body: JSON.stringify(document),
    })

    expect(again.status).toBe(200)
    expect(ehr.documentsSentFor(patientId)).toHaveLength(1)
  })

  it('as athenahealth has a FHIR API that is read-only', async () => {
    await start('athenahealth')

    const answer = await ask(`DocumentReference?${practice}`, {
      method: 'POST',
      body: JSON.stringify(document),
    })

    expect(answer.status).toBe(403)
  })
})

describe('the document routes of athenahealth', () => {
  const path = '/v1/195900/patients/1/documents'
  const form = (changes: Readonly<Record<string, string>> = {}) =>
    new URLSearchParams({
      departmentid: '1',
      documentsubclass: 'ADMIN_SIGNEDFORMSLETTERS',
      attachmentcontents: pdf.toString('base64'),
      internalnote: 'ours one',
      originalfilename: 'ours-one',
      ...changes,
    })
  const post = (route: string, body: URLSearchParams | FormData) =>
    ask(route, { method: 'POST', body })

  it.each([
    ['', { documentid: '200001' }],
    ['/admin', { adminid: 200_001, success: true }],
  ])('%s adds a PDF and lists it with its note', async (route, expected) => {
    await start('athenahealth')

    const answer = await post(`${path}${route}`, form())
    const list = await ask(`${path}/admin?departmentid=1`)

    expect(await answer.json()).toEqual(expected)
    expect(await list.json()).toMatchObject({
      totalcount: 1,
      admins: [{ adminid: 200_001, internalnote: 'ours one', originalfilename: 'ours-one' }],
    })
    expect(ehr.documentsSentFor(patientId)).toMatchObject([{ through: 'v1', bytes: pdf }])
  })

  it('takes a multipart form too', async () => {
    await start('athenahealth')
    const multipart = new FormData()
    for (const [name, value] of form()) multipart.set(name, value)

    expect((await post(`${path}/admin`, multipart)).status).toBe(200)
  })

  it.each([
    ['no department', '', form({ departmentid: '' })],
    ['no subclass', '', form({ documentsubclass: '' })],
    ['no PDF', '', form({ attachmentcontents: btoa('plain text') })],
    ['the subclass of another class', '/clinicaldocument', form()],
    ['a name that is too long', '/admin', form({ originalfilename: 'n'.repeat(201) })],
  ])('refuse %s', async (_what, route, body) => {
    await start('athenahealth')

    expect((await post(`${path}${route}`, body)).status).toBe(400)
    expect(ehr.documentsSentFor(patientId)).toEqual([])
  })

  it('list nothing without a department, and list the other documents of the chart correctly', async () => {
    await start('athenahealth', {
      v1: { list: 'without_marks', create: { times: 1, stores: true, body: 'none' } },
    })

    const answer = await post(`${path}/admin`, form())

    expect(await answer.text()).toBe('')
    expect((await ask(`${path}/admin`)).status).toBe(400)
    const list = (await (await ask(`${path}/admin?departmentid=1`)).json()) as { admins: object[] }
    expect(list.admins).toHaveLength(1)
    expect(list.admins[0]).not.toHaveProperty('internalnote')
  })
})

describe('the faults of one chart', () => {
  it.each<[string, ChartFaults, number, string | null, number]>([
    ['an empty 201', { create: { times: 1, body: 'none', location: 'none' } }, 201, null, 1],
    ['a refusal', { create: { times: 1, status: 503, stores: false } }, 503, null, 0],
    [
      'another host',
      { create: { times: 1, location: 'another_host' } },
      201,
      'https://ehr.example.org/',
      1,
    ],
    ['another document', { create: { times: 1, location: 'another_document' } }, 201, '/note', 1],
  ])('answer a create with %s, once', async (_what, faults, status, location, kept) => {
    await start('hapi', faults)

    const first = await create()
    const keptFirst = ehr.documentsSentFor(patientId).length
    const second = await create()

    expect(first.status).toBe(status)
    if (location !== null) expect(first.headers.get('location')).toContain(location)
    expect(keptFirst).toBe(kept)
    expect(second.status).toBe(201)
  })

  it.each([
    ['reset', true, 1],
    ['reset', false, 0],
  ] as const)('end the connection (%s), kept: %s', async (cut, stores, kept) => {
    await start('hapi', { create: { times: 1, cut, stores } })

    await expect(create()).rejects.toThrow('fetch failed')

    expect(ehr.documentsSentFor(patientId)).toHaveLength(kept)
  })

  it('keep other bytes, another chart, or another status', async () => {
    await start('hapi', { keeps: { bytes: 'other', patient: 'another', status: 'superseded' } })

    await create()

    const [kept] = ehr.documentsSentFor(patientId)
    expect(kept).toMatchObject({ patientId: 'another-patient', status: 'superseded' })
    expect(kept?.bytes.equals(pdf)).toBe(false)
  })

  it('delay an index for some searches', async () => {
    await start('hapi', { lagSearches: 2 })
    await create()

    const looks = [await idsOf(ours), await idsOf(ours), await idsOf(ours)]

    expect(looks).toEqual([[], [], ['created-1']])
  })

  it.each([
    ['ignores_identifier', ['note', 'created-1']],
    ['outcome_only', ['outcome-1']],
    ['provenance', [`provenance-${patientId}`, 'created-1']],
    ['another_patients', [`decoy-another_patients-${patientId}`, 'created-1']],
    ['entered_in_error', [`decoy-entered_in_error-${patientId}`, 'created-1']],
    ['empty', []],
  ] as const)('answer the search for a document: %s', async (find, ids) => {
    await start('hapi', { find })
    await create()

    expect(await idsOf(ours)).toEqual(ids)
  })

  it.each(['gzip', 'deflate'] as const)('compress answers unasked: %s', async (kind) => {
    await start('hapi', { reads: [{ kind }] })

    const answer = await ask('Encounter/e1')

    expect(answer.headers.get('content-encoding')).toBe(kind)
    expect(await answer.json()).toMatchObject({ id: 'e1' })
  })

  it('give one entry a page, and lose the next page', async () => {
    await start('hapi', {
      reads: [
        { kind: 'one_a_page', type: 'Observation' },
        { kind: 'page_gone', type: 'Observation' },
      ],
    })

    const answer = await ask(`Observation?patient=${patientId}`)
    const page = (await answer.json()) as SearchAnswer

    expect(page.entry).toHaveLength(1)
    const next =
      page.link
        .find((link) => link.relation === 'next')
        ?.url.split('/')
        .pop() ?? ''
    expect((await ask(next)).status).toBe(410)
  })

  it('redirect within the server, and answer behind it', async () => {
    await start('hapi', { reads: [{ kind: 'redirect_307' }] })

    const answer = await ask('Encounter/e1')
    const location = answer.headers.get('location') ?? ''

    expect(answer.status).toBe(307)
    const followed = await ask(location.replace('/fhir/r4/', ''))
    expect(await followed.json()).toMatchObject({ id: 'e1' })
  })

  it('claim a larger total than they return', async () => {
    await start('hapi', { reads: [{ kind: 'total_larger' }] })

    const answer = (await (await ask(`Observation?patient=${patientId}`)).json()) as SearchAnswer

    expect(answer.total).toBe(answer.entry.length + 7)
  })
})
