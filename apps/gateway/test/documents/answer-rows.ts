import {
  aDocument,
  bundleOf,
  type CreateRow,
  honestCreate,
  outcome,
  type ReadRow,
  type SearchRow,
  type Wire,
} from './document-server.ts'
import { approvedIdentifier } from './write-back-run.ts'

/** The answers that a server can give, as rows. Whether a create stored the document is independent of its answer. */

const html = '<html><body>502 Bad Gateway</body></html>'
const refusedStatuses = [400, 401, 403, 404, 405, 406, 410, 413, 415, 422] as const
const openStatuses = [302, 408, 409, 412, 500, 502, 503, 504] as const

type Shape = Pick<CreateRow, 'what' | 'answer'>

const acknowledged: readonly Shape[] = [
  ...[200, 201, 202].flatMap((status): readonly Shape[] => [
    { what: `${status} with the resource`, answer: (stored) => ({ status, body: stored }) },
    {
      what: `${status}, empty, absolute Location`,
      answer: ({ id }, base) => ({
        status,
        headers: { location: `${base}DocumentReference/${id}` },
      }),
    },
    {
      what: `${status}, empty, versioned Location`,
      answer: ({ id }, base) => ({
        status,
        headers: { location: `${base}DocumentReference/${id}/_history/1` },
      }),
    },
    {
      what: `${status}, empty, relative Location`,
      answer: ({ id }) => ({ status, headers: { location: `DocumentReference/${id}` } }),
    },
    {
      what: `${status}, empty, Location of an inner host`,
      answer: ({ id }) => ({
        status,
        headers: { location: `http://inner:8080/r4/DocumentReference/${id}/_history/1` },
      }),
    },
    {
      what: `${status}, empty, Content-Location`,
      answer: ({ id }, base) => ({
        status,
        headers: { 'content-location': `${base}DocumentReference/${id}` },
      }),
    },
    {
      what: `${status} with an OperationOutcome and Location`,
      answer: ({ id }, base) => ({
        status,
        body: outcome('informational', 'warning'),
        headers: { location: `${base}DocumentReference/${id}` },
      }),
    },
  ]),
  { what: '204 without anything', answer: () => ({ status: 204 }) },
  { what: '201 without body or Location', answer: () => ({ status: 201 }) },
  {
    what: '201 with an OperationOutcome alone',
    answer: () => ({ status: 201, body: outcome('informational', 'warning') }),
  },
  { what: '201 with garbage', answer: () => ({ status: 201, body: html }) },
  {
    what: '201 with a Location of another type',
    answer: (_stored, base) => ({ status: 201, headers: { location: `${base}Binary/1` } }),
  },
  {
    what: '201 with a Provenance',
    answer: () => ({ status: 201, body: { resourceType: 'Provenance', id: 'n1' } }),
  },
  {
    what: '201 naming the note of the patient',
    answer: (_stored, base) => ({
      status: 201,
      headers: { location: `${base}DocumentReference/n2` },
    }),
  },
  {
    what: '201 naming what is not there',
    answer: (_stored, base) => ({
      status: 201,
      headers: { location: `${base}DocumentReference/nothing` },
    }),
  },
]

const silent: readonly Shape[] = [
  { what: '200 without anything', answer: () => ({ status: 200 }) },
  { what: '200 with garbage', answer: () => ({ status: 200, body: html }) },
  { what: '200, truncated', answer: () => ({ status: 200, body: '{"resourceType":"DocumentRef' }) },
  {
    what: '200 with an OperationOutcome of errors',
    answer: () => ({ status: 200, body: outcome('processing') }),
  },
  { what: '200 with an empty Bundle', answer: () => ({ status: 200, body: bundleOf([]) }) },
  { what: 'a reset', answer: () => 'reset' },
  { what: 'a timeout', answer: () => 'timeout' },
  ...openStatuses.map(
    (status): Shape => ({
      what: `${status}`,
      answer: () => ({ status, body: outcome('exception') }),
    }),
  ),
]

export const createRows: readonly CreateRow[] = [
  honestCreate,
  ...acknowledged.map((shape) => ({ ...shape, keeps: true })),
  // Accepted and then lost: the EHR's confirmation alone does not prove that there is a document.
  ...acknowledged
    .filter(({ what }) => /^20[12] (?:with the resource|without)/.test(what))
    .map((shape) => ({ ...shape, what: `${shape.what}, and not kept`, keeps: false })),
  ...silent.flatMap((shape) => [
    { ...shape, what: `${shape.what}, and kept`, keeps: true },
    { ...shape, what: `${shape.what}, and not kept`, keeps: false },
  ]),
  ...[...refusedStatuses, 429].map((status) => ({
    what: `${status}`,
    keeps: false,
    answer: (): Wire => ({ status, body: outcome('invalid') }),
  })),
]

/** After these answers the gateway may send the document again on its own, if it is not found. */
export const saysItFailed = (what: string) => /^50[03],/.test(what)
/** The EHR confirmed the document or did not answer, and did not store it: only a person may send it again. */
export const isLost = (what: string) => what.endsWith('not kept') && !saysItFailed(what)

const honest: SearchRow = { what: 'honest', answer: (all) => ({ status: 200, body: all() }) }
const ignored: SearchRow = { ...honest, what: 'identifier ignored', usesIdentifier: false }

const withDecoy = (what: string, decoy: object): SearchRow => ({
  what,
  answer: (all) => {
    const bundle = all() as { entry: object[]; total: number }
    return {
      status: 200,
      body: {
        ...bundle,
        total: bundle.total + 1,
        entry: [{ resource: decoy, search: { mode: 'match' } }, ...bundle.entry],
      },
    }
  },
})

export const searchRows: readonly SearchRow[] = [
  honest,
  ignored,
  {
    what: 'honest, without self link',
    answer: (all) => ({ status: 200, body: { ...all(), link: [] } }),
  },
  ...[400, 403, 404, 405, 410, 422, 500].map(
    (status): SearchRow => ({
      what: `${status}`,
      answer: () => ({ status, body: outcome('not-supported') }),
    }),
  ),
  { what: 'garbage', answer: () => ({ status: 200, body: html }) },
  {
    what: 'an OperationOutcome in place of a Bundle',
    answer: () => ({ status: 200, body: outcome('not-supported') }),
  },
  {
    what: 'an OperationOutcome as an entry',
    answer: () => ({ status: 200, body: bundleOf([outcome('not-supported', 'warning')]) }),
  },
  {
    what: 'an empty Bundle that counts one',
    answer: () => ({ status: 200, body: bundleOf([], undefined, { total: 1 }) }),
  },
  {
    what: 'a next link to another host',
    answer: () => ({
      status: 200,
      body: bundleOf([], undefined, {
        link: [{ relation: 'next', url: 'http://elsewhere.test/fhir/r4/DocumentReference' }],
      }),
    }),
  },
  withDecoy('a Provenance with our identifier', {
    ...aDocument(approvedIdentifier),
    resourceType: 'Provenance',
  }),
  withDecoy(
    'a document of another patient',
    aDocument(approvedIdentifier, { subject: { reference: 'Patient/p2' } }),
  ),
  withDecoy(
    'a document of a patient of another server',
    aDocument(approvedIdentifier, {
      subject: { reference: 'http://elsewhere.test/fhir/r4/Patient/p1' },
    }),
  ),
  withDecoy('a document without a patient', aDocument(approvedIdentifier, { subject: undefined })),
  withDecoy('a superseded document', aDocument(approvedIdentifier, { status: 'superseded' })),
  withDecoy('a document in error', aDocument(approvedIdentifier, { status: 'entered-in-error' })),
  withDecoy(
    'a document whose content is in error',
    aDocument(approvedIdentifier, { docStatus: 'entered-in-error' }),
  ),
  withDecoy(
    'a document with our value in another system',
    aDocument('', { identifier: [{ system: 'urn:other', value: approvedIdentifier }] }),
  ),
  withDecoy('a document of another approval', aDocument('wi-1.v10')),
  withDecoy('a document of another content', {
    ...aDocument(approvedIdentifier),
    content: [{ attachment: { contentType: 'application/pdf', data: 'AAAA' } }],
  }),
]

export const listRows: readonly SearchRow[] = [
  honest,
  ...[400, 403, 404].map(
    (status): SearchRow => ({
      what: `${status}`,
      answer: () => ({ status, body: outcome('not-supported') }),
    }),
  ),
  {
    what: 'counts more than it gives',
    answer: (all) => ({ status: 200, body: { ...all(), total: 99 } }),
  },
  {
    what: 'cut off by a link to another host',
    answer: () => ({
      status: 200,
      body: bundleOf([], undefined, {
        link: [{ relation: 'next', url: 'http://elsewhere.test/fhir/r4/DocumentReference' }],
      }),
    }),
  },
  withDecoy('a document that cannot be read', {
    ...aDocument('', { identifier: undefined }),
    content: [{ attachment: { contentType: 'application/pdf', url: 'Binary/nowhere' } }],
  }),
]

const shown =
  (change: (resource: object) => object): ReadRow['answer'] =>
  (resource) => ({ status: 200, body: change(resource) })

export const readRows: readonly ReadRow[] = [
  { what: 'honest', answer: shown((resource) => resource) },
  {
    what: 'a version of the patient',
    answer: shown((one) => ({ ...one, subject: { reference: 'Patient/p1/_history/3' } })),
  },
  {
    what: 'another patient',
    answer: shown((one) => ({ ...one, subject: { reference: 'Patient/p2' } })),
  },
  { what: 'no patient', answer: shown((one) => ({ ...one, subject: undefined })) },
  { what: 'in error', answer: shown((one) => ({ ...one, status: 'entered-in-error' })) },
  {
    what: 'other bytes',
    answer: shown((one) => ({ ...one, content: [{ attachment: { data: 'AAAA' } }] })),
  },
  {
    what: 'the hash of other bytes',
    answer: shown((one) => ({
      ...one,
      content: [{ attachment: { hash: Buffer.alloc(20).toString('base64') } }],
    })),
  },
  {
    what: 'an OperationOutcome',
    answer: () => ({ status: 200, body: outcome('processing') }),
  },
  { what: 'garbage', answer: () => ({ status: 200, body: html }) },
  { what: 'a reset', answer: () => 'reset' },
  { what: 'a timeout', answer: () => 'timeout' },
  ...[401, 403, 404, 410, 429, 500].map(
    (status): ReadRow => ({
      what: `${status}`,
      answer: () => ({ status, body: outcome('exception') }),
    }),
  ),
]
