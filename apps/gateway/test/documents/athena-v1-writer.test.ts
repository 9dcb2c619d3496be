import { describe, expect, it } from 'vitest'
import { v1BaseUrlOf } from '../../src/fhir/documents/to-document-settings.ts'
import {
  carriesIdentifier,
  fileNameOf,
  readAdded,
  readListedPage,
} from '../../src/fhir/documents/athena-v1-answers.ts'
import { defaultScopes } from '../../src/fhir/token/default-scopes.ts'
import type { Wire, WireRequest } from './document-server.ts'
import { wireEhr } from './wire-server.ts'
import {
  approvedIdentifier,
  approvedPdf,
  RunClock,
  type RunEnd,
  runWriteBack,
} from './write-back-run.ts'

const ref = {
  practiceId: '195900',
  patientId: 'a-195900.E-60178',
  encounterId: 'a-195900.encounter-1',
}
const path = '/v1/195900/patients/60178/documents/admin'

interface Added {
  readonly adminid: number
  readonly form: URLSearchParams
}

interface V1Rows {
  readonly documents?: object
  readonly encounter?: object
  readonly keeps?: boolean
  /** To the first addition. */
  readonly answer?: (id: number) => Wire
  readonly list?: (honest: () => object) => Wire
  readonly entry?: (entry: object) => object
  readonly ref?: typeof ref
}

/** athenahealth's v1 documents of one patient; only its first addition misbehaves. */
async function run(rows: V1Rows): Promise<{
  readonly end: RunEnd
  readonly added: readonly Added[]
  readonly seen: readonly WireRequest[]
}> {
  const clock = new RunClock()
  const added: Added[] = []
  const seen: WireRequest[] = []
  let posts = 0
  const note = { adminid: 7, internalnote: 'Called the patient', status: 'CLOSED' }
  const entryOf = ({ adminid, form }: Added) =>
    (rows.entry ?? ((one: object) => one))({
      adminid,
      internalnote: form.get('internalnote'),
      createddatetime: clock.now().toISOString(),
      status: 'CLOSED',
    })
  const honest = (query: URLSearchParams) => {
    const all = [note, ...added.map(entryOf)]
    const offset = Number(query.get('offset'))
    // Pages of one entry, whatever the limit.
    return { totalcount: all.length, admins: all.slice(offset, offset + 1) }
  }
  const handle = (request: WireRequest): Wire => {
    seen.push(request)
    if (request.path.startsWith('/fhir/r4/Encounter/'))
      return {
        status: 200,
        body: rows.encounter ?? {
          resourceType: 'Encounter',
          id: ref.encounterId,
          subject: { reference: `Patient/${ref.patientId}` },
          location: [{ location: { reference: 'Location/a-195900.Department-21' } }],
        },
      }
    if (request.method === 'GET')
      return request.path === path
        ? (rows.list?.(() => honest(request.query)) ?? {
            status: 200,
            body: honest(request.query),
          })
        : { status: 404, body: {} }
    posts += 1
    const adminid = 100 + posts
    const isFirst = posts === 1
    if (!isFirst || rows.keeps !== false)
      added.push({ adminid, form: new URLSearchParams(request.body) })
    return (
      (isFirst ? rows.answer?.(adminid) : undefined) ?? {
        status: 200,
        body: [{ documentid: String(adminid) }],
      }
    )
  }
  await using wire = await wireEhr(handle, { Writer: 'athena_v1', ...rows.documents }, clock)
  const end = await runWriteBack(wire.ehr.documents, clock, rows.ref ?? ref)
  return { end, added, seen }
}

describe('a document by athenahealth’s own API', () => {
  it('is added to the patient’s admin documents, with our identifier where the search expects it', async () => {
    const { end, added, seen } = await run({})

    expect(end).toMatchObject({ state: 'written', documentId: '101' })
    const post = seen.find((one) => one.method === 'POST')
    expect(post?.path).toBe(path)
    expect(Object.fromEntries(added[0]?.form ?? [])).toMatchObject({
      departmentid: '21',
      documentsubclass: 'ADMIN_SIGNEDFORMSLETTERS',
      attachmentcontents: approvedPdf.toString('base64'),
      internalnote: expect.stringContaining(approvedIdentifier),
      originalfilename: 'wi-1-v1',
      autoclose: 'true',
    })
    expect(
      seen.filter((one) => one.query.has('ah-practice') && one.path.startsWith('/v1/')),
    ).toEqual([])
  })

  it('takes class, subclass, department and closing from the settings', async () => {
    const { seen } = await run({
      documents: {
        Class: 'clinicaldocument',
        AutoClose: false,
        DepartmentId: '3',
        Priority: '1',
        Subclass: 'CLINICALDOCUMENT_CONSULTNOTE',
      },
    })

    const post = seen.find((one) => one.method === 'POST')
    expect(post?.path).toBe('/v1/195900/patients/60178/documents/clinicaldocument')
    expect(Object.fromEntries(new URLSearchParams(post?.body))).toMatchObject({
      departmentid: '3',
      documentsubclass: 'CLINICALDOCUMENT_CONSULTNOTE',
      autoclose: 'false',
      priority: '1',
    })
  })

  it.each([
    {
      what: 'a patient id of another form',
      rows: { ref: { ...ref, patientId: 'p1' } },
      code: 'ehr_patient_id_unusable',
    },
    {
      what: 'a patient of another practice',
      rows: { ref: { ...ref, patientId: 'a-1.E-60178' } },
      code: 'ehr_patient_id_unusable',
    },
    {
      what: 'an encounter without a department',
      rows: { encounter: { resourceType: 'Encounter', id: ref.encounterId } },
      code: 'ehr_department_unknown',
    },
    {
      what: 'a department of another practice',
      rows: {
        encounter: {
          resourceType: 'Encounter',
          serviceProvider: { reference: 'Organization/a-1.Department-2' },
        },
      },
      code: 'ehr_department_unknown',
    },
    {
      what: 'an encounter of another patient',
      rows: {
        encounter: {
          resourceType: 'Encounter',
          subject: { reference: 'Patient/a-195900.E-1' },
          location: [{ location: { reference: 'Location/a-195900.Department-21' } }],
        },
      },
      code: 'ehr_wrong_patient',
    },
  ])('sends nothing for $what', async ({ rows, code }) => {
    const { end, seen } = await run(rows)

    expect(end.state).toBe('failed')
    expect(end.errors).toEqual([code])
    expect(seen.filter((one) => one.method === 'POST')).toEqual([])
  })
})

describe('every answer of athenahealth’s API × what is recorded', () => {
  const answers: readonly { what: string; answer: (id: number) => Wire; refuses?: true }[] = [
    {
      what: '{documentid} as text',
      answer: (id) => ({ status: 200, body: { documentid: String(id) } }),
    },
    {
      what: '[{documentid}] as a number',
      answer: (id) => ({ status: 200, body: [{ documentid: id }] }),
    },
    {
      what: '{success, clinicaldocumentid}',
      answer: (id) => ({
        status: 200,
        body: { success: true, clinicaldocumentid: id, errormessage: '' },
      }),
    },
    { what: 'an id that is not there', answer: () => ({ status: 200, body: { documentid: 999 } }) },
    {
      what: 'the id of another document',
      answer: () => ({ status: 200, body: { documentid: 7 } }),
    },
    { what: 'an id of 0', answer: () => ({ status: 200, body: { documentid: 0, success: true } }) },
    { what: 'an empty list', answer: () => ({ status: 200, body: [] }) },
    {
      what: 'two ids',
      answer: () => ({ status: 200, body: [{ documentid: 1 }, { documentid: 2 }] }),
    },
    { what: 'nothing', answer: () => ({ status: 200 }) },
    { what: 'HTML', answer: () => ({ status: 200, body: '<html>' }) },
    { what: 'a reset', answer: () => 'reset' },
    { what: 'a timeout', answer: () => 'timeout' },
    { what: '500', answer: () => ({ status: 500 }) },
    { what: '409', answer: () => ({ status: 409 }) },
    {
      what: 'success: false',
      answer: () => ({ status: 200, body: { success: false } }),
      refuses: true,
    },
    {
      what: 'success: "false"',
      answer: () => ({ status: 200, body: [{ success: 'false' }] }),
      refuses: true,
    },
    ...[400, 403, 404, 422].map((status) => ({
      what: String(status),
      answer: (): Wire => ({ status }),
      refuses: true as const,
    })),
  ]
  const rows = answers.flatMap((one) =>
    [true, false]
      .filter((keeps) => keeps !== (one.refuses === true))
      .map((keeps) => ({ ...one, keeps, name: `${one.what}, ${keeps ? 'kept' : 'not kept'}` })),
  )
  // Unless the EHR said that it failed, only a person may send again what it does not show.
  const saysItFailed = (what: string) => what === '500'

  it.each(rows)('$name: where the list can be read', async ({ what, keeps, answer, refuses }) => {
    const { end, added } = await run({ keeps, answer })

    expect(end.state).toBe(
      refuses ? 'failed' : !keeps && !saysItFailed(what) ? 'ambiguous' : 'written',
    )
    expect(added).toHaveLength(end.state === 'written' ? 1 : 0)
    if (end.state === 'written') expect(end.documentId).toBe(String(added[0]?.adminid))
  })

  it.each(rows)('$name: where the list says nothing', async ({ keeps, answer, refuses }) => {
    const { end, added } = await run({ keeps, answer, list: () => ({ status: 403 }) })

    expect(end.state).toBe(refuses ? 'failed' : 'ambiguous')
    expect(added).toHaveLength(keeps ? 1 : 0)
  })

  it.each<{ what: string; rows: V1Rows }>([
    {
      what: 'counts more than it gives',
      rows: { list: (all) => ({ status: 200, body: { ...all(), totalcount: 50, admins: [] } }) },
    },
    {
      what: 'shows no notes',
      rows: { list: () => ({ status: 200, body: { totalcount: 1, admins: [{ adminid: 5 }] } }) },
    },
    { what: 'is HTML', rows: { list: () => ({ status: 200, body: '<html>' }) } },
    { what: 'shows ours as deleted', rows: { entry: (one) => ({ ...one, status: 'DELETED' }) } },
    {
      what: 'shows ours under another patient',
      rows: { entry: (one) => ({ ...one, patientid: '1' }) },
    },
  ])('leaves to a person what a list cannot tell that $what', async ({ rows: more }) => {
    const { end, added } = await run({ answer: () => 'reset', ...more })

    expect(end.state).toBe('ambiguous')
    expect(added).toHaveLength(1)
  })
})

describe('the parts', () => {
  it.each([
    ['our identifier', 'AuthScript wi-1.v1', true],
    ['as a file name', 'wi-1-v1', true],
    ['of a later version', 'AuthScript wi-1.v10', false],
    ['of another item', 'AuthScript awi-1.v1', false],
  ])('finds %s in "%s": %s', (_what, text, expected) => {
    expect(carriesIdentifier([text], 'wi-1.v1')).toBe(expected)
  })

  it('names a file without extension in at most 200 characters', () => {
    expect(fileNameOf(`${'x'.repeat(300)}.v1`)).toMatch(/^x{200}$/)
  })

  it.each([
    ['https://api.platform.athenahealth.com/fhir/r4/', 'https://api.platform.athenahealth.com/v1/'],
    ['https://proxy.test/athena/fhir/r4', 'https://proxy.test/athena/v1/'],
  ])('finds the v1 API beside %s', (fhir, v1) => {
    expect(v1BaseUrlOf(fhir)).toBe(v1)
  })

  it('asks for the right to create only where it creates, and for athenahealth’s own scope only there', () => {
    expect(defaultScopes('fhir')).toContain('system/DocumentReference.crs')
    expect(defaultScopes('athena_v1')).toContain('system/DocumentReference.rs')
    expect(defaultScopes('athena_v1')).toContain('athena/service/Athenanet.MDP.*')
    expect(defaultScopes('fhir').join(' ')).not.toContain('athena')
  })

  it.each([[null], ['text'], [7], [{ totalcount: 3 }], [{ a: [], b: [] }], [{ admins: ['x'] }]])(
    'reads no list from %j',
    (body) => {
      expect(readListedPage(body as never)).toBeUndefined()
      expect(readAdded(body as never).outcome).toBe('unknown')
    },
  )
})
