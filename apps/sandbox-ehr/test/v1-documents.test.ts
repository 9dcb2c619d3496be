import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openSandbox, patientId, pdf, practiceId, type SandboxClient } from './sandbox-client.ts'

let client: SandboxClient
beforeEach(async () => {
  client = await openSandbox()
})
afterEach(() => client[Symbol.asyncDispose]())

const form = (over: Readonly<Record<string, string | undefined>> = {}) =>
  Object.fromEntries(
    Object.entries({
      departmentid: '1',
      documentsubclass: 'ADMIN_SIGNEDFORMSLETTERS',
      attachmentcontents: pdf.toString('base64'),
      internalnote: 'prior-auth form-1',
      originalfilename: 'form-1',
      ...over,
    }).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  ) as Readonly<Record<string, string>>
const clinical = { documentsubclass: 'CLINICALDOCUMENT_CONSULTNOTE' }

/** The three routes that add documents, each with a matching subclass. */
const routes = [
  { route: 'documents', over: {} },
  { route: 'documents/admin', over: {} },
  { route: 'documents/clinicaldocument', over: clinical },
] as const

describe('adding a document', () => {
  it.each([
    { route: 'documents', over: {}, answer: { documentid: '101' } },
    { route: 'documents', over: clinical, answer: { documentid: '101' } },
    {
      route: 'documents/admin',
      over: {},
      answer: { adminid: 101, success: true, errormessage: '' },
    },
    {
      route: 'documents/clinicaldocument',
      over: clinical,
      answer: { clinicaldocumentid: 101, success: true, errormessage: '' },
    },
  ])('$route answers $answer', async ({ route, over, answer }) => {
    const response = await client.v1(`60178/${route}`, form(over))

    expect(response.status).toBe(200)
    expect(await response.json()).toEqual(answer)
    expect(client.sandbox.control.documents()).toMatchObject([
      {
        resourceType: 'DocumentReference',
        status: 'current',
        subject: { reference: `Patient/${patientId}` },
        description: 'prior-auth form-1',
        content: [
          {
            attachment: {
              contentType: 'application/pdf',
              title: 'form-1',
              data: pdf.toString('base64'),
            },
          },
        ],
      },
    ])
  })

  it.each(
    routes.flatMap(({ route, over }) =>
      ['departmentid', 'documentsubclass'].map((name) => ({ route, over, name })),
    ),
  )('$route lists $name when it is missing', async ({ route, over, name }) => {
    const response = await client.v1(`60178/${route}`, form({ ...over, [name]: undefined }))

    expect(response.status).toBe(400)
    expect(await response.json()).toEqual({
      error: 'Additional fields are required.',
      missingfields: [name],
    })
  })

  it.each(
    routes.flatMap(({ route, over }) =>
      [
        { departmentid: '99' },
        { departmentid: 'one' },
        { documentsubclass: 'ADMIN' },
        { documentsubclass: 'ADMIN_UNKNOWN' },
        { attachmentcontents: Buffer.from('plain text').toString('base64') },
        { attachmentcontents: 'not base64!' },
        // A plus sign that was not percent-encoded arrives as a space.
        { attachmentcontents: `${pdf.toString('base64').slice(0, 8)} abc` },
        { attachmenttype: 'RTF' },
        { originalfilename: 'form-1.pdf' },
        { originalfilename: 'x'.repeat(201) },
        { priority: '3' },
        { autoclose: 'yes' },
        { providerid: 'Okafor' },
        { documenttypeid: '1.5' },
        { observationdate: '2026-03-01' },
        { observationdate: '02/30/2026' },
        { observationtime: '9:30' },
        { entitytype: 'PROVIDER' },
        { entityid: '7' },
      ].map((wrong) => ({ route, over, wrong })),
    ),
  )('$route refuses $wrong', async ({ route, over, wrong }) => {
    const response = await client.v1(`60178/${route}`, form({ ...over, ...wrong }))

    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ error: expect.any(String) })
    expect(client.sandbox.control.documents()).toEqual([])
  })

  it.each([
    { route: 'documents/admin', over: clinical },
    { route: 'documents/clinicaldocument', over: {} },
  ])('$route refuses a subclass of another class', async ({ route, over }) => {
    expect((await client.v1(`60178/${route}`, form(over))).status).toBe(400)
  })

  it('accepts every optional field, and a name of 200 characters', async () => {
    const response = await client.v1(
      '60178/documents/clinicaldocument',
      form({
        ...clinical,
        attachmenttype: 'PDF',
        originalfilename: 'x'.repeat(200),
        priority: '1',
        providerid: '7',
        documenttypeid: '12',
        observationdate: '03/01/2026',
        observationtime: '09:30',
        entitytype: 'PROVIDER',
        entityid: '7',
        departmentid: '2',
      }),
    )

    expect(response.status).toBe(200)
  })

  it('requires a file only on the general route', async () => {
    const without = { attachmentcontents: undefined }

    expect((await client.v1('60178/documents', form(without))).status).toBe(400)
    expect((await client.v1('60178/documents/admin', form(without))).status).toBe(200)
  })

  it('accepts a form, not JSON', async () => {
    const response = await fetch(`${client.sandbox.baseUrl}/v1/195900/patients/60178/documents`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(await authorization(client)) },
      body: JSON.stringify(form()),
    })

    expect(response.status).toBe(400)
  })
})

/** A different token, for requests that the client's methods cannot make. */
async function authorization(of: SandboxClient, scope = 'athena/service/Athenanet.MDP.*') {
  const response = await fetch(of.sandbox.tokenUrl, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa('sandbox-client:sandbox-secret')}` },
    body: new URLSearchParams({ grant_type: 'client_credentials', scope }),
  })
  const { access_token } = (await response.json()) as { access_token: string }
  return { authorization: `Bearer ${access_token}` }
}

describe('permissions', () => {
  it.each([
    { what: 'no token', path: '195900/patients/60178', headers: {}, status: 401 },
    {
      what: 'another scope',
      path: '195900/patients/60178',
      scope: 'system/DocumentReference.crs',
      status: 403,
    },
    { what: 'another practice', path: '1/patients/60178', status: 403 },
    { what: 'an unknown patient', path: '195900/patients/1', status: 404 },
    { what: "FHIR's id of the patient", path: `195900/patients/${patientId}`, status: 404 },
  ])('$what: $status', async ({ path, headers, scope, status }) => {
    const response = await fetch(`${client.sandbox.baseUrl}/v1/${path}/documents/admin`, {
      method: 'POST',
      headers: headers ?? (await authorization(client, scope)),
      body: new URLSearchParams(form()),
    })

    expect(response.status).toBe(status)
  })

  it.each(['epic', 'us-core'] as const)('%s has no such API', async (as) => {
    await using other = await openSandbox({ as })

    expect((await other.v1('60178/documents', form())).status).toBe(404)
  })
})

describe('listing', () => {
  const list = async (path: string) =>
    (await (await client.v1(`60178/documents/${path}`)).json()) as {
      totalcount: number
      next?: string
      previous?: string
      admins: { adminid: number; status: string }[]
    }

  it('returns the fields that athenahealth returns, without the file and its name', async () => {
    await client.v1('60178/documents/admin', form({ providerid: '7' }))

    const { admins, totalcount } = await list('admin?departmentid=1')

    expect(totalcount).toBe(1)
    expect(admins[0]).toMatchObject({
      adminid: 101,
      documentclass: 'ADMIN',
      documentsubclass: 'ADMIN_SIGNEDFORMSLETTERS',
      status: 'OPEN',
      departmentid: '1',
      internalnote: 'prior-auth form-1',
      providerid: 7,
      createddatetime: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00$/),
      createddate: expect.stringMatching(/^\d\d\/\d\d\/\d{4}$/),
    })
    expect(JSON.stringify(admins)).not.toMatch(/originalfilename|attachmentcontents/)
  })

  it('requires a department, separates classes and patients, and closes on autoclose', async () => {
    await client.v1('60178/documents', form({ ...clinical, autoclose: 'true' }))

    expect((await client.v1('60178/documents/admin')).status).toBe(400)
    expect((await list('admin?departmentid=1')).totalcount).toBe(0)
    expect(
      await (await client.v1('60178/documents/clinicaldocument?departmentid=1')).json(),
    ).toMatchObject({ clinicaldocuments: [{ clinicaldocumentid: 101, status: 'CLOSED' }] })
    expect(
      await (await client.v1('60179/documents/clinicaldocument?departmentid=1')).json(),
    ).toMatchObject({ totalcount: 0, clinicaldocuments: [] })
  })

  it('pages by limit and offset, newest first, with relative links', async () => {
    for (let index = 0; index < 5; index += 1) await client.v1('60178/documents/admin', form())

    const first = await list('admin?departmentid=1&limit=2')
    const second = (await (
      await client.follow(`${client.sandbox.baseUrl}${first.next}`)
    ).json()) as typeof first

    expect(first.next).toBe(
      '/v1/195900/patients/60178/documents/admin?departmentid=1&limit=2&offset=2',
    )
    expect([first, second].flatMap(({ admins }) => admins.map(({ adminid }) => adminid))).toEqual([
      105, 104, 103, 102,
    ])
    expect([second.totalcount, second.previous !== undefined]).toEqual([5, true])
    expect((await list('admin?departmentid=1&limit=2&offset=4')).next).toBeUndefined()
    expect((await client.v1('60178/documents/admin?departmentid=1&limit=5001')).status).toBe(400)
  })

  it('omits deleted ones unless they are requested', async () => {
    await client.v1('60178/documents/admin', form())
    client.sandbox.control.deleteV1Document(101)

    expect((await list('admin?departmentid=1')).admins).toEqual([])
    expect((await list('admin?departmentid=1&showdeleted=true')).admins).toMatchObject([
      { adminid: 101, status: 'DELETED' },
    ])
    expect(client.sandbox.control.documents()).toMatchObject([{ status: 'entered-in-error' }])
  })

  it('returns one document, and its file', async () => {
    await client.v1('60178/documents/admin', form())

    const [document] = (await (
      await client.v1('60178/documents/admin/101?departmentid=1')
    ).json()) as [{ originaldocument: { href: string } }]
    const file = await client.follow(
      `${client.sandbox.baseUrl}${document.originaldocument.href}?departmentid=1`,
    )

    expect(Buffer.from(await file.arrayBuffer())).toEqual(pdf)
    expect((await client.v1('60179/documents/admin/101?departmentid=1')).status).toBe(404)
    expect((await client.v1('60178/documents/clinicaldocument/101?departmentid=1')).status).toBe(
      404,
    )
  })
})

describe('fhirLag', () => {
  it.each([true, false])('%s', async (fhirLag) => {
    await using lagging = await openSandbox({ switches: { fhirLag } })
    await lagging.v1('60178/documents/admin', form())

    const { status } = await lagging.get('DocumentReference/a-195900.admin-101')
    const { entry } = await lagging.bundle(`DocumentReference?patient=${patientId}`)

    expect(status).toBe(fhirLag ? 404 : 200)
    expect(entry.some((one) => one.resource.id.includes('admin-101'))).toBe(!fhirLag)
  })
})

describe('the department of an encounter', () => {
  it('is named by its organization and by its location', async () => {
    const { entry } = await client.bundle(`Encounter?patient=${patientId}`)
    const encounter = entry[0]?.resource as unknown as {
      serviceProvider: { reference: string }
      location: [{ location: { reference: string } }]
    }

    const place = await client.get(encounter.location[0].location.reference)

    expect(encounter.serviceProvider.reference).toBe(`Organization/a-${practiceId}.Department-1`)
    expect(await place.json()).toMatchObject({
      managingOrganization: encounter.serviceProvider,
    })
    expect((await client.get(encounter.serviceProvider.reference)).status).toBe(200)
  })
})

describe('faults', () => {
  const match = { method: 'POST', resourceType: 'v1/documents' }
  it.each([
    { fault: { kind: 'status', status: 503 }, count: 0 },
    { fault: { kind: 'status', status: 500, takesEffect: true }, count: 1 },
    { fault: { kind: 'reset' }, count: 0 },
    { fault: { kind: 'reset', takesEffect: true }, count: 1 },
    { fault: { kind: 'latency', latencyMs: 1 }, count: 1 },
    { fault: { kind: 'malformed_json' }, count: 1 },
    { fault: { kind: 'truncated_json' }, count: 1 },
    { fault: { kind: 'oversized' }, count: 1 },
    { fault: { kind: 'create_answer', create: { v1Body: 'none' } }, count: 1 },
    { fault: { kind: 'create_answer', create: { v1Body: 'refused' } }, count: 1 },
    {
      fault: { kind: 'create_answer', create: { v1Body: 'refused', stored: 'not_at_all' } },
      count: 0,
    },
    { fault: { kind: 'create_answer', create: { stored: 'not_at_all' } }, count: 0 },
    { fault: { kind: 'create_answer', create: { stored: 'twice' } }, count: 2 },
  ] as const)('$fault leaves $count documents', async ({ fault, count }) => {
    client.sandbox.control.addFault({ ...fault, match })

    const response = await client.v1('60178/documents/admin', form()).catch(() => undefined)
    await response?.body?.cancel()

    expect(client.sandbox.control.documents()).toHaveLength(count)
    expect(client.sandbox.control.requests({ resourceType: 'v1/documents' })).toMatchObject([
      { method: 'POST', patientId, practiceId, faultId: 'fault-1' },
    ])
  })

  it.each([
    { v1Body: 'array', text: '[{"adminid":101,"success":true,"errormessage":""}]' },
    { v1Body: 'none', text: '' },
    { v1Body: 'without_id', text: '{"success":true}' },
    { v1Body: 'wrong_id', text: '{"adminid":100101,"success":true,"errormessage":""}' },
    { v1Body: 'text', text: 'OK' },
  ] as const)('answers $v1Body', async ({ v1Body, text }) => {
    client.sandbox.control.addFault({ kind: 'create_answer', create: { v1Body }, match })

    const response = await client.v1('60178/documents/admin', form())

    expect(await response.text()).toBe(text)
  })

  it.each([
    { stored: 'without_identifier', says: { description: '' } },
    {
      stored: 'other_patient',
      says: { subject: { reference: expect.not.stringContaining('60178') } },
    },
    { stored: 'other_bytes', says: { description: 'prior-auth form-1' } },
    { stored: 'entered_in_error', says: { status: 'entered-in-error' } },
  ] as const)('stores it $stored', async ({ stored, says }) => {
    client.sandbox.control.addFault({ kind: 'create_answer', create: { stored }, match })
    await client.v1('60178/documents/admin', form())

    const [document] = client.sandbox.control.documents()

    expect(document).toMatchObject(says)
    expect(JSON.stringify(document).includes(pdf.toString('base64'))).toBe(stored !== 'other_bytes')
  })
})
