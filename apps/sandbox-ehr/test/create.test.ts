import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { modeNames } from '../src/modes/mode.ts'
import { aDocument, openSandbox, patientId, pdf, practiceId } from './sandbox-client.ts'

const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

describe('a created document', () => {
  it.each([
    { as: 'athenahealth', body: true, location: /^http.*\/a-195900\.document-.*\/_history\/1$/ },
    { as: 'epic', body: false, location: /^DocumentReference\/e[\w.-]+$/ },
    { as: 'oracle-health', body: false, location: /^http.*\/DocumentReference\/\d{9}$/ },
    { as: 'medplum', body: true, location: /^http.*\/DocumentReference\/[0-9a-f-]{36}$/ },
    { as: 'hapi', body: true, location: /^http.*\/DocumentReference\/\d{9}\/_history\/1$/ },
    {
      as: 'azure',
      body: true,
      location: /^http.*\/DocumentReference\/[0-9a-f-]{36}\/_history\/1$/,
    },
    { as: 'us-core', body: false, location: /^http.*\/DocumentReference\/[0-9a-f-]{36}$/ },
  ] as const)('$as answers 201, body $body', async ({ as, body, location }) => {
    await using client = await openSandbox({ as })

    const response = await client.create(aDocument())

    const text = await response.text()
    expect(response.status).toBe(201)
    expect(response.headers.get('location')).toMatch(location)
    expect(text !== '').toBe(body)
    const [stored] = client.sandbox.control.documents()
    expect(stored).toMatchObject({
      resourceType: 'DocumentReference',
      subject: { reference: `Patient/${patientId}` },
      content: [{ attachment: { data: pdf.toString('base64') } }],
    })
    expect(response.headers.get('location')).toContain(`DocumentReference/${stored?.id}`)
  })

  it.each(modeNames)('%s returns the bytes unchanged', async (as) => {
    await using client = await openSandbox({ as })
    await client.create(aDocument())

    const id = client.sandbox.control.documents()[0]?.id ?? ''
    const { content } = (await (await client.get(`DocumentReference/${id}`)).json()) as {
      content: [{ attachment: { data?: string; url?: string } }]
    }
    const { data, url = '' } = content[0].attachment
    const bytes =
      data === undefined
        ? await (await client.get(url.slice(url.indexOf('Binary/')))).bytes()
        : Buffer.from(data, 'base64')

    expect(hashOf(bytes)).toBe(hashOf(pdf))
  })

  it.each([
    { as: 'athenahealth', kept: true, found: 1 },
    { as: 'medplum', kept: true, found: 1 },
    { as: 'hapi', kept: true, found: 1 },
    { as: 'azure', kept: true, found: 1 },
    { as: 'us-core', kept: true, found: 400 },
    { as: 'oracle-health', kept: false, found: 400 },
    // Ignored: all documents of the patient are returned.
    { as: 'epic', kept: false, found: 2 },
  ] as const)('$as: identifier kept $kept, search $found', async ({ as, kept, found }) => {
    await using client = await openSandbox({ as })
    await client.create(aDocument())

    const id = client.sandbox.control.documents()[0]?.id ?? ''
    const read = (await (await client.get(`DocumentReference/${id}`)).json()) as object
    const searched = await client.get(
      `DocumentReference?patient=${patientId}&identifier=urn:test|form-1`,
    )

    expect('identifier' in read).toBe(kept)
    if (!searched.ok) expect(searched.status).toBe(found)
    else {
      const { entry } = (await searched.json()) as { entry: { search: { mode: string } }[] }
      expect(entry.filter((one) => one.search.mode === 'match')).toHaveLength(found)
    }
  })

  /** What each server requires, written independently of the sandbox's own tables. */
  const needed: Readonly<Record<(typeof modeNames)[number], readonly string[]>> = {
    athenahealth: ['subject'],
    epic: ['status', 'docStatus', 'type', 'subject', 'context', 'content'],
    'oracle-health': ['status', 'docStatus', 'type', 'subject', 'context', 'content'],
    medplum: ['status', 'subject', 'content'],
    hapi: ['status', 'subject', 'content'],
    azure: ['status', 'subject', 'content'],
    'us-core': ['status', 'type', 'category', 'subject', 'content'],
  }
  it.each(modeNames)('%s refuses a document only if a required element is missing', async (as) => {
    await using client = await openSandbox({ as })
    for (const element of Object.keys(aDocument())) {
      const before = client.sandbox.control.documents().length
      const response = await client.create(aDocument({ [element]: undefined }))

      const isNeeded = element === 'resourceType' || needed[as].includes(element)
      const added = client.sandbox.control.documents().length - before
      expect({ element, ok: response.ok, added }).toEqual({
        element,
        ok: !isNeeded,
        added: isNeeded ? 0 : 1,
      })
    }
  })

  it.each([
    { what: 'a type in words only', over: { type: { text: 'Prior authorization' } } },
    {
      what: 'a date without a time',
      over: {
        context: {
          encounter: [{ reference: 'Encounter/1' }],
          period: { start: '2026-03-01', end: '2026-03-01' },
        },
      },
    },
    { what: 'no period', over: { context: { encounter: [{ reference: 'Encounter/1' }] } } },
    {
      what: 'two attachments',
      over: {
        content: [1, 2].map(() => ({
          attachment: { contentType: 'application/pdf', data: 'JVBERi0=' },
        })),
      },
    },
    {
      what: 'an image',
      over: { content: [{ attachment: { contentType: 'image/png', data: 'JVBERi0=' } }] },
    },
    {
      what: 'a link in place of the bytes',
      over: {
        content: [{ attachment: { contentType: 'application/pdf', url: 'http://x.invalid' } }],
      },
    },
  ])('oracle-health refuses $what with 422', async ({ over }) => {
    await using client = await openSandbox({ as: 'oracle-health' })

    expect((await client.create(aDocument(over))).status).toBe(422)
    expect(client.sandbox.control.documents()).toEqual([])
  })

  it.each(modeNames)('%s refuses an unknown patient', async (as) => {
    await using client = await openSandbox({ as })

    const response = await client.create(aDocument({ subject: { reference: 'Patient/nobody' } }))

    expect(response.status).toBe(422)
  })
})

describe('readOnlyFhir', () => {
  it.each(modeNames)(
    '%s refuses to create and grants no scope for it, when switched on',
    async (as) => {
      await using closed = await openSandbox({ as, switches: { readOnlyFhir: true } })
      await using open = await openSandbox({ as, switches: { readOnlyFhir: false } })

      const refused = await closed.create(aDocument())

      expect(refused.status).toBe(403)
      expect(await refused.json()).toMatchObject({ resourceType: 'OperationOutcome' })
      expect(closed.sandbox.control.documents()).toEqual([])
      expect((await closed.get(`DocumentReference?patient=${patientId}`)).status).toBe(200)
      expect(await (await closed.get('metadata')).text()).not.toContain('"create"')
      expect((await open.create(aDocument())).status).toBe(201)
      expect(await (await open.get('metadata')).text()).toContain('"create"')
    },
  )
})

describe('faults of a create', () => {
  const bodies = [
    'resource',
    'none',
    'outcome',
    'provenance',
    'wrong_id',
    'without_id',
    'bundle',
    'text',
  ] as const
  const locations = [
    'none',
    'relative',
    'relative_versioned',
    'path',
    'absolute',
    'versioned',
    'other_host',
    'other_type',
    'other_id',
    'empty',
    'garbage',
  ] as const

  it.each(bodies)(
    'stores the document and answers with body %s and every Location',
    async (body) => {
      await using client = await openSandbox()
      for (const location of locations) {
        client.sandbox.control.clearFaults()
        client.sandbox.control.addFault({ kind: 'create_answer', create: { body, location } })

        const response = await client.create(aDocument())

        const text = await response.text()
        const stored = client.sandbox.control.documents().at(-1)
        const found = response.headers.get('location')
        expect(response.status).toBe(201)
        expect(text === '').toBe(body === 'none')
        expect(found === null).toBe(location === 'none')
        expect(found?.includes(`DocumentReference/${stored?.id}`) === true).toBe(
          !['none', 'other_type', 'other_id', 'empty', 'garbage'].includes(location),
        )
        if (body === 'wrong_id') expect(JSON.parse(text)).not.toMatchObject({ id: stored?.id })
        if (body === 'resource') expect(JSON.parse(text)).toMatchObject({ id: stored?.id })
      }
      expect(client.sandbox.control.documents()).toHaveLength(locations.length)
    },
  )

  it.each([200, 201, 202, 204])('answers %i', async (status) => {
    await using client = await openSandbox()
    client.sandbox.control.addFault({ kind: 'create_answer', create: { status } })

    const response = await client.create(aDocument())

    expect(response.status).toBe(status)
    expect(client.sandbox.control.documents()).toHaveLength(1)
  })

  it.each([
    { stored: 'as_sent', count: 1, says: {} },
    { stored: 'not_at_all', count: 0, says: {} },
    { stored: 'twice', count: 2, says: {} },
    { stored: 'entered_in_error', count: 1, says: { status: 'entered-in-error' } },
  ] as const)('stores it $stored', async ({ stored, count, says }) => {
    await using client = await openSandbox()
    client.sandbox.control.addFault({ kind: 'create_answer', create: { stored } })

    expect((await client.create(aDocument())).status).toBe(201)
    expect(client.sandbox.control.documents()).toHaveLength(count)
    for (const document of client.sandbox.control.documents()) expect(document).toMatchObject(says)
  })

  it.each([
    'without_identifier',
    'other_bytes',
    'cut_bytes',
    'without_attachment',
    'other_patient',
  ] as const)('stores it %s', async (stored) => {
    await using client = await openSandbox()
    client.sandbox.control.addFault({ kind: 'create_answer', create: { stored } })
    await client.create(aDocument())

    const [document] = client.sandbox.control.documents()
    expect(
      {
        without_identifier: document?.['identifier'] === undefined,
        other_bytes: !JSON.stringify(document).includes(pdf.toString('base64')),
        cut_bytes: !JSON.stringify(document).includes(pdf.toString('base64')),
        without_attachment: document?.['content'] === undefined,
        other_patient: !JSON.stringify(document?.['subject']).includes(patientId),
      }[stored],
    ).toBe(true)
  })

  it.each([
    { fault: { kind: 'status', status: 500 }, count: 0 },
    { fault: { kind: 'status', status: 500, takesEffect: true }, count: 1 },
    { fault: { kind: 'reset' }, count: 0 },
    { fault: { kind: 'reset', takesEffect: true }, count: 1 },
    { fault: { kind: 'malformed_json' }, count: 1 },
  ] as const)('$fault leaves $count documents', async ({ fault, count }) => {
    await using client = await openSandbox()
    client.sandbox.control.addFault({ ...fault, match: { method: 'POST' } })

    await client.create(aDocument()).catch(() => undefined)

    expect(client.sandbox.control.documents()).toHaveLength(count)
  })
})

describe('faults of a search by identifier', () => {
  it.each([
    { search: 'everything', ids: 2, says: 'Progress note' },
    { search: 'everyone', ids: 3, says: 'Progress note' },
    { search: 'empty', ids: 0, says: '"entry":[]' },
    { search: 'outcome_alone', ids: 1, says: 'OperationOutcome' },
    { search: 'outcome_entry', ids: 2, says: 'OperationOutcome' },
    { search: 'other_patient', ids: 1, says: 'of-another-patient' },
    { search: 'other_type', ids: 1, says: 'Provenance' },
  ] as const)('$search', async ({ search, ids, says }) => {
    await using client = await openSandbox()
    await client.create(aDocument())
    client.sandbox.control.addFault({ kind: 'search_answer', search })

    const response = await client.get(
      `DocumentReference?patient=${patientId}&identifier=urn:test|form-1`,
    )

    const text = await response.text()
    const { entry } = JSON.parse(text) as { entry: readonly unknown[] }
    expect(response.status).toBe(200)
    expect(text).toContain(says)
    expect(entry.length).toBeGreaterThanOrEqual(ids)
    if (search !== 'everyone') expect(entry).toHaveLength(ids)
  })

  it('refuses it, answers with an OperationOutcome instead of a bundle, and does not affect other searches', async () => {
    await using client = await openSandbox()
    const path = `DocumentReference?patient=${patientId}`
    client.sandbox.control.addFault({ kind: 'search_answer', search: 'refused', times: 1 })
    client.sandbox.control.addFault({ kind: 'search_answer', search: 'outcome_only' })

    const refused = await client.get(`${path}&identifier=a|b`)
    const misread = await client.get(`${path}&identifier=a|b`)
    const other = await client.get(path)

    expect(refused.status).toBe(400)
    expect([misread.status, await misread.json()]).toMatchObject([
      200,
      { resourceType: 'OperationOutcome' },
    ])
    expect(await other.json()).toMatchObject({ resourceType: 'Bundle' })
  })
})

describe('further kinds of order', () => {
  it.each(modeNames)('%s serves a DeviceRequest with its contained resources', async (as) => {
    await using client = await openSandbox({ as })
    const device = {
      resourceType: 'DeviceRequest',
      id: 'cpap-1',
      status: 'active',
      intent: 'order',
      subject: { reference: `Patient/${patientId}` },
      codeCodeableConcept: { text: 'CPAP' },
      contained: [{ resourceType: 'Practitioner', id: 'p1', name: [{ text: 'Dr. Ada Okafor' }] }],
      requester: { reference: '#p1' },
    }
    client.sandbox.control.putResource(practiceId, device)

    const { entry } = await client.bundle(`DeviceRequest?patient=${patientId}`)

    expect(entry[0]?.resource).toMatchObject(device)
    expect(await (await client.get('DeviceRequest/cpap-1')).json()).toMatchObject(device)
  })
})
