import { describe, expect, it } from 'vitest'
import { documentIdentifierSystem } from '../documents/verify-document.ts'
import type { JsonObject } from '../client/parse-resource.ts'
import { type NoteSources, readDocuments } from './notes.ts'
import { defaultTextLimits } from './text/note-text.ts'
import { readFile } from './text/read-file.ts'

const base64 = (text: string) => Buffer.from(text).toString('base64')
const plain = (text: string): JsonObject => ({
  attachment: { contentType: 'text/plain', data: base64(text) },
})

function aDocument(fields: JsonObject = {}): JsonObject {
  return {
    resourceType: 'DocumentReference',
    id: 'n1',
    status: 'current',
    type: { text: 'Progress note' },
    date: '2026-06-15T15:00:00Z',
    context: { encounter: [{ reference: 'Encounter/v1' }] },
    content: [plain('Left foot drop.')],
    ...fields,
  }
}

function sources(fields: Partial<NoteSources> = {}): NoteSources {
  return {
    encounterId: 'v1',
    fhirBaseUrl: 'https://ehr.example/fhir/r4',
    signedUrlHosts: ['files.example'],
    limits: { maxDocumentBytes: 1000, maxDocuments: 50 },
    readBinary: async (id) => ({ bytes: Buffer.from(`Binary ${id}`), contentType: 'text/plain' }),
    readSignedUrl: async (url) => ({
      bytes: Buffer.from(`from ${url.pathname}`),
      contentType: 'text/plain',
    }),
    readText: ({ bytes, contentType }) => readFile(bytes, contentType, defaultTextLimits),
    once: (_, read) => read(),
    ...fields,
  }
}

const read = (documents: readonly JsonObject[], fields: Partial<NoteSources> = {}) =>
  readDocuments(documents, sources(fields))

async function contentOf(attachment: JsonObject, fields: Partial<NoteSources> = {}) {
  const { documents } = await read([aDocument({ content: [{ attachment }] })], fields)
  return documents[0]?.content
}

describe('a document that is not a finished note', () => {
  it.each([
    'entered-in-error',
    'preliminary',
    'registered',
    'partial',
    'cancelled',
    'Preliminary',
    'made-up',
  ])('docStatus %s is not evidence, and the notes are incomplete', async (docStatus) => {
    const { documents, unreadReason } = await read([aDocument({ docStatus })])

    expect(documents).toMatchObject([
      { content: { kind: 'unread', reason: expect.stringMatching(/\w/) } },
    ])
    expect(unreadReason).toMatch(/1 document was not read completely/)
  })

  it.each(['final', 'amended', 'corrected', 'appended', undefined])(
    'docStatus %s is evidence',
    async (docStatus) => {
      const { documents, unreadReason } = await read([
        aDocument(docStatus === undefined ? {} : { docStatus }),
      ])

      expect(documents).toMatchObject([{ content: { kind: 'text', text: 'Left foot drop.' } }])
      expect(unreadReason).toBeUndefined()
    },
  )

  it.each(['preliminary', 'entered-in-error'])(
    '%s is left out if there is a finished version',
    async (docStatus) => {
      const { documents, unreadReason } = await read([
        aDocument({ docStatus }),
        aDocument({
          id: 'n2',
          docStatus: 'final',
          date: '2026-06-15T17:00:00Z',
          content: [plain('No deficit.')],
        }),
      ])

      expect(documents).toMatchObject([{ source: { resourceId: 'n2' } }])
      expect(unreadReason).toBeUndefined()
    },
  )

  it.each<[string, JsonObject]>([
    ['earlier', { date: '2026-06-14T10:00:00Z' }],
    ['of another type', { type: { text: 'Nursing note' } }],
    ['of another encounter', { context: { encounter: [{ reference: 'Encounter/v2' }] } }],
    ['a draft itself', { docStatus: 'preliminary' }],
  ])('a draft is still unread if the other note is %s', async (_, fields) => {
    const { unreadReason } = await read([
      aDocument({ docStatus: 'preliminary' }),
      aDocument({ id: 'n2', docStatus: 'final', date: '2026-06-15T17:00:00Z', ...fields }),
    ])

    expect(unreadReason).toMatch(/a draft/)
  })

  it('is left out if it is superseded or replaced', async () => {
    const { documents, unreadReason } = await read([
      aDocument({ status: 'superseded' }),
      aDocument({ id: 'n2' }),
      aDocument({
        id: 'n3',
        relatesTo: [{ code: 'replaces', target: { reference: 'DocumentReference/n2' } }],
      }),
    ])

    expect(documents.map(({ source }) => source.resourceId)).toEqual(['n3'])
    expect(unreadReason).toBeUndefined()
  })

  it('is not replaced by a draft or an addendum', async () => {
    const { documents } = await read([
      aDocument({ id: 'n2' }),
      aDocument({
        id: 'n3',
        docStatus: 'preliminary',
        relatesTo: [{ code: 'replaces', target: { reference: 'DocumentReference/n2' } }],
      }),
      aDocument({
        id: 'n4',
        relatesTo: [{ code: 'appends', target: { reference: 'DocumentReference/n2' } }],
      }),
    ])

    expect(
      documents
        .filter(({ content }) => content.kind === 'text')
        .map(({ source }) => source.resourceId),
    ).toEqual(['n2', 'n4'])
  })

  it('is left out if the gateway wrote it, because a form is not evidence for itself', async () => {
    const identifier = [
      { system: 'https://authscript.dev/identifiers/prior-auth-document', value: '1' },
    ]

    expect(await read([aDocument({ identifier })])).toEqual({
      documents: [],
      unreadReason: undefined,
    })
  })
})

describe('a form that we wrote', () => {
  const name = 'wi-0b5f8a4e-1c2d-4e5f-8a9b-0c1d2e3f4a5b'
  it.each([
    { identifier: [{ system: documentIdentifierSystem, value: 'any' }] },
    { identifier: [{ value: `${name}.v3` }] },
    { description: `Prior authorization request. AuthScript ${name}.v3` },
    { content: [{ attachment: { data: base64('x'), title: `${name}-v3` } }] },
  ])('is never evidence: %j', async (fields) => {
    const { documents } = await read([aDocument(fields), aDocument({ id: 'n2' })])

    expect(documents.map((one) => one.source.resourceId)).toEqual(['n2'])
  })
})

describe('restricted documents are marked', () => {
  it.each<[JsonObject, boolean]>([
    [{ meta: { security: [{ code: 'R' }] } }, true],
    [{ securityLabel: [{ coding: [{ code: 'V' }] }] }, true],
    [{ securityLabel: [{ coding: [{ code: 'N' }] }] }, false],
    [{}, false],
  ])('%o: %s', async (fields, isRestricted) => {
    const { documents } = await read([aDocument(fields)])

    expect(documents[0]?.isRestricted ?? false).toBe(isRestricted)
  })
})

describe('several attachments', () => {
  it('are one text, each after a heading that ends the previous section', async () => {
    const { documents } = await read([
      aDocument({ content: [plain('Low back pain.'), plain('Left foot drop.')] }),
    ])

    expect(documents[0]?.content).toEqual({
      kind: 'text',
      contentType: 'text/plain',
      text: 'Low back pain.\n\nATTACHMENT 2\n\nLeft foot drop.',
    })
  })

  it('are read once if they have the same text in two formats', async () => {
    const html = {
      attachment: { contentType: 'text/html', data: base64('<p>Left   foot\n drop.</p>') },
    }
    const { documents } = await read([aDocument({ content: [plain('Left foot drop.'), html] })])

    expect(documents[0]?.content).toEqual({
      kind: 'text',
      contentType: 'text/plain',
      text: 'Left foot drop.',
    })
  })

  it.each(['2026-06-15T15:00:00Z', '2026-01-15T15:00:00Z'])(
    'are partly unread if one is unread (%s)',
    async (date) => {
      const scan = { attachment: { contentType: 'image/png', data: base64('\u0089PNG') } }
      const { documents, unreadReason } = await read([
        aDocument({
          date,
          context: {},
          content: [
            scan,
            plain('Low back pain.'),
            { attachment: { url: 'https://other.example/Binary/1' } },
          ],
        }),
      ])

      expect(documents[0]?.content).toMatchObject({
        kind: 'text',
        text: 'Low back pain.',
        unreadParts: [
          { contentType: 'image/png' },
          { reason: expect.stringMatching(/on another server/) },
        ],
      })
      expect(unreadReason).toMatch(/in part/)
    },
  )
})

describe('the location of an attachment', () => {
  it.each([
    ['Binary/b1', 'Binary b1'],
    ['Binary/b1/_history/2', 'Binary b1'],
    ['/fhir/r4/Binary/b1', 'Binary b1'],
    ['https://ehr.example/fhir/r4/Binary/b1', 'Binary b1'],
    ['https://EHR.example:443/fhir/r4/Binary/b1?_format=json', 'Binary b1'],
    ['https://files.example/signed/n1?key=1', 'from /signed/n1'],
  ])('%s is read', async (url, text) => {
    expect(await contentOf({ contentType: 'text/plain', url })).toMatchObject({
      kind: 'text',
      text,
    })
  })

  it.each([
    'https://other-ehr.example/fhir/r4/Binary/b1',
    'https://ehr.example/fhir/Binary/b1',
    'https://ehr.example/fhir/r4x/Binary/b1',
    'https://ehr.example:8443/fhir/r4/Binary/b1',
    'http://ehr.example/fhir/r4/Binary/b1',
    'https://ehr.example@other.example/fhir/r4/Binary/b1',
    'https://user:word@ehr.example/fhir/r4/Binary/b1',
    'https://ehr.example/fhir/r4/../../Binary/b1',
    'https://ehr.example.other.example/fhir/r4/Binary/b1',
    'http://files.example/signed/n1',
    'https://sub.files.example/signed/n1',
    'Media/m1',
    'file:///etc/passwd',
    'urn:uuid:0b1',
    'http://[',
    '',
  ])('%s is unread, and nothing is requested', async (url) => {
    const refuse = () => Promise.reject(new Error('was requested'))

    expect(await contentOf({ url }, { readBinary: refuse, readSignedUrl: refuse })).toMatchObject({
      kind: 'unread',
    })
  })

  it('a contained Binary is read', async () => {
    const { documents } = await read([
      aDocument({
        contained: [
          {
            resourceType: 'Binary',
            id: 'c1',
            contentType: 'text/plain',
            data: base64('Left foot drop.'),
          },
        ],
        content: [{ attachment: { url: '#c1' } }],
      }),
    ])

    expect(documents[0]?.content).toMatchObject({ kind: 'text', text: 'Left foot drop.' })
  })

  it.each<[string, JsonObject]>([
    ['no base64', { data: 'Left foot drop!' }],
    ['base64 that is cut off', { data: 'TGVmd' }],
    ['base64 with text behind its end', { data: 'TGVmdA==TGVmdA==' }],
    ['more bytes than may be read', { data: base64('a'.repeat(1001)) }],
    ['twenty megabytes', { data: 'A'.repeat(20_000_000) }],
    ['nothing', { contentType: 'text/plain' }],
  ])('%s is unread', async (_, attachment) => {
    expect(await contentOf(attachment)).toMatchObject({
      kind: 'unread',
      reason: expect.stringMatching(/\w/),
    })
  })
})

describe('an unread document makes the notes incomplete', () => {
  const scan = [{ attachment: { contentType: 'image/png', data: base64('\u0089PNG') } }]
  const old = { context: {}, date: '2025-12-01', content: scan }

  it.each<[string, JsonObject, boolean]>([
    [
      'of the encounter, of any type',
      { content: scan, category: [{ coding: [{ code: 'insurance' }] }] },
      true,
    ],
    [
      'an older clinical note',
      { ...old, category: [{ coding: [{ code: 'clinical-note' }] }] },
      true,
    ],
    ['an older document that does not say what it is', old, true],
    ['an older insurance card', { ...old, type: { coding: [{ code: '64290-0' }] } }, false],
  ])('%s: %#', async (_, fields, isLessened) => {
    const { unreadReason } = await read([aDocument(fields)])

    expect(unreadReason !== undefined).toBe(isLessened)
  })

  it('documents beyond the limit are listed, unread', async () => {
    const { documents, unreadReason } = await read(
      [aDocument({ id: 'old', date: '2026-01-01' }), aDocument()],
      { limits: { maxDocumentBytes: 1000, maxDocuments: 1 } },
    )

    expect(documents.map(({ content }) => content.kind)).toEqual(['text', 'unread'])
    expect(unreadReason).toMatch(/MaxDocuments/)
  })
})
