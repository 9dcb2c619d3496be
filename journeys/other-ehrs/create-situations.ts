import type { CreateAnswer, EhrBehaviour } from '../independent-ehr/behaviour.ts'
import type { ChartFaults, FindAnswer } from '../independent-ehr/chart-faults.ts'
import { type End, person, type Situation, written, writing, writtenOrPerson } from './situation.ts'

const once = 1
const always = 1000

/** Writing with DocumentReference: answer to the create × what is stored × result of a search. */
export function createSituations(behaviour: EhrBehaviour): readonly Situation[] {
  return [
    ...storedAnswers(behaviour),
    ...notStoredAnswers(),
    ...refusals(),
    ...kept(),
    ...lagging(),
    ...searched(behaviour),
  ]
}

/** Whether a search for our identifier finds our document. */
function findsByIdentifier({ search, documents }: EhrBehaviour): boolean {
  return (
    documents.keepsIdentifier &&
    (search.parameters['DocumentReference'] ?? []).includes('identifier')
  )
}

const create = (changes: Partial<CreateAnswer>, times = once): ChartFaults => ({
  create: { times, ...changes },
})

function storedAnswers(behaviour: EhrBehaviour): readonly Situation[] {
  const ifFound = findsByIdentifier(behaviour) ? written : writtenOrPerson
  const stored = (
    name: string,
    may: readonly End[],
    status: number,
    body: CreateAnswer['body'],
    location: CreateAnswer['location'],
  ) => writing(`kept, ${name}`, may, create({ stores: true, status, body, location }))
  const locations = [
    'absolute',
    'absolute_versioned',
    'relative',
    'relative_versioned',
    'path',
  ] as const
  return [
    writing('kept, answered as usual', written, {}),
    ...locations.map((location) =>
      stored(`201 without body, Location ${location}`, written, 201, 'none', location),
    ),
    ...locations.map((location) =>
      stored(`201 with the document, Location ${location}`, written, 201, 'resource', location),
    ),
    stored('201 with the document, no Location', written, 201, 'resource', 'none'),
    stored('200 with the document', written, 200, 'resource', 'none'),
    stored('200 without body, Location', written, 200, 'none', 'absolute'),
    stored('201 without body or Location', ifFound, 201, 'none', 'none'),
    stored('200 without body or Location', ifFound, 200, 'none', 'none'),
    stored('202 without body or Location', writtenOrPerson, 202, 'none', 'none'),
    stored('202 without body, Location', writtenOrPerson, 202, 'none', 'absolute'),
    stored('204', writtenOrPerson, 204, 'none', 'none'),
    stored('201 with an outcome, Location', written, 201, 'outcome', 'absolute'),
    stored('201 with an outcome, no Location', ifFound, 201, 'outcome', 'none'),
    stored('200 with an outcome of an error', writtenOrPerson, 200, 'error_outcome', 'none'),
    stored(
      '201 with an outcome of an error, Location',
      writtenOrPerson,
      201,
      'error_outcome',
      'absolute',
    ),
    stored('201 with a Bundle, Location', writtenOrPerson, 201, 'bundle', 'absolute'),
    stored('201 with a Bundle, no Location', writtenOrPerson, 201, 'bundle', 'none'),
    stored('201 with another type, Location', writtenOrPerson, 201, 'wrong_type', 'absolute'),
    stored('201 with another type, no Location', writtenOrPerson, 201, 'wrong_type', 'none'),
    stored('201 with the id of another document', writtenOrPerson, 201, 'another_id', 'none'),
    stored(
      '201 with the id of another document, Location',
      writtenOrPerson,
      201,
      'another_id',
      'absolute',
    ),
    stored('201 with the document without id, Location', written, 201, 'without_id', 'absolute'),
    stored('201 with the document without id', ifFound, 201, 'without_id', 'none'),
    stored('201 with an empty object', writtenOrPerson, 201, 'empty_object', 'none'),
    stored('201 with a page of HTML', writtenOrPerson, 201, 'html', 'none'),
    stored('201 with half a document', writtenOrPerson, 201, 'truncated', 'none'),
    stored(
      '201 without body, Location of another host',
      writtenOrPerson,
      201,
      'none',
      'another_host',
    ),
    stored(
      '201 without body, Location of another document',
      writtenOrPerson,
      201,
      'none',
      'another_document',
    ),
    stored(
      '201 without body, Location of another type',
      writtenOrPerson,
      201,
      'none',
      'another_type',
    ),
    stored('201 without body, Location that is none', writtenOrPerson, 201, 'none', 'malformed'),
    stored('303 with Location', writtenOrPerson, 303, 'none', 'absolute'),
    ...[409, 412, 500, 502, 503, 504].map((status) =>
      stored(`${status}`, writtenOrPerson, status, 'error_outcome', 'none'),
    ),
    writing('kept, the connection ends', writtenOrPerson, create({ stores: true, cut: 'reset' })),
    writing('kept, no answer comes', writtenOrPerson, create({ stores: true, cut: 'stall' })),
  ]
}

function notStoredAnswers(): readonly Situation[] {
  const lost = (name: string, times: number, changes: Partial<CreateAnswer>) =>
    writing(`not kept, ${name}`, times === always ? person : writtenOrPerson, {
      create: { times, stores: false, ...changes },
    })
  return [
    lost('201 with the document', once, { status: 201, body: 'resource', location: 'absolute' }),
    lost('201 with the document, always', always, {
      status: 201,
      body: 'resource',
      location: 'absolute',
    }),
    lost('201 without body, Location', once, { status: 201, body: 'none', location: 'absolute' }),
    lost('201 without body or Location', once, { status: 201, body: 'none', location: 'none' }),
    lost('200 with an outcome of an error', once, {
      status: 200,
      body: 'error_outcome',
      location: 'none',
    }),
    lost('202 without body', once, { status: 202, body: 'none', location: 'none' }),
    lost('204', once, { status: 204, body: 'none', location: 'none' }),
    lost('the connection ends', once, { cut: 'reset' }),
    lost('the connection ends, always', always, { cut: 'reset' }),
    lost('no answer comes', once, { cut: 'stall' }),
    ...[500, 502, 503, 504].map((status) =>
      lost(`${status}`, once, { status, body: 'error_outcome', location: 'none' }),
    ),
    lost('503, always', always, { status: 503, body: 'error_outcome', location: 'none' }),
  ]
}

function refusals(): readonly Situation[] {
  const refused = (status: number, times: number, may: readonly End[]) =>
    writing(`refused with ${status}${times === always ? ', always' : ''}`, may, {
      create: { times, stores: false, status, body: 'error_outcome', location: 'none' },
    })
  return [
    ...[400, 401, 403, 404, 405, 409, 410, 412, 413, 415, 422].map((status) =>
      refused(status, once, writtenOrPerson),
    ),
    ...[302, 307].map((status) => refused(status, once, writtenOrPerson)),
    ...[400, 401, 403, 404, 409, 422].map((status) => refused(status, always, person)),
    writing('refused with 429 and a wait', written, {
      create: {
        times: once,
        stores: false,
        status: 429,
        body: 'error_outcome',
        location: 'none',
        headers: { 'retry-after': '1' },
      },
    }),
  ]
}

/** The answers after which only a search shows what happened. */
const unclear: readonly (readonly [string, ChartFaults])[] = [
  [
    '201 without body or Location',
    create({ stores: true, status: 201, body: 'none', location: 'none' }),
  ],
  ['kept, the connection ends', create({ stores: true, cut: 'reset' })],
  [
    'not kept, 503',
    create({ stores: false, status: 503, body: 'error_outcome', location: 'none' }),
  ],
]

function kept(): readonly Situation[] {
  const withLocation = create({ stores: true, status: 201, body: 'none', location: 'absolute' })
  return [
    writing('keeps no identifier', written, { keeps: { identifier: false } }),
    ...unclear.map(([name, faults]) =>
      writing(`keeps no identifier; ${name}`, writtenOrPerson, {
        ...faults,
        keeps: { identifier: false },
      }),
    ),
    writing('keeps other bytes', person, { keeps: { bytes: 'other' } }),
    writing('keeps other bytes; 201 without body, Location', person, {
      ...withLocation,
      keeps: { bytes: 'other' },
    }),
    writing('keeps other bytes and no identifier', person, {
      keeps: { bytes: 'other', identifier: false },
    }),
    writing('puts it into another chart', person, { keeps: { patient: 'another' } }),
    writing('puts it into another chart; 201 without body, Location', person, {
      ...withLocation,
      keeps: { patient: 'another' },
    }),
    writing('keeps it as entered in error', person, { keeps: { status: 'entered-in-error' } }),
    writing('keeps it as superseded', person, { keeps: { status: 'superseded' } }),
    writing('shows content as data', written, { keeps: { content: 'data' } }),
    writing('shows content by a link', written, { keeps: { content: 'binary_url' } }),
    writing('shows content as a hash', written, { keeps: { content: 'hash' } }),
    writing('shows no content', writtenOrPerson, { keeps: { content: 'nothing' } }),
    ...([403, 404, 410, 500] as const).map((readBack) =>
      writing(`reading it back is answered ${readBack}`, writtenOrPerson, { readBack }),
    ),
  ]
}

function lagging(): readonly Situation[] {
  return [1, 3, always].flatMap((lagSearches) => [
    writing(`found after ${lagSearches} searches`, written, { lagSearches }),
    ...unclear.map(([name, faults]) =>
      writing(`found after ${lagSearches} searches; ${name}`, writtenOrPerson, {
        ...faults,
        lagSearches,
      }),
    ),
  ])
}

/** Search results that prove nothing about our document: there is none, so it is sent. */
const sayingNothing: readonly FindAnswer[] = [
  'ignores_identifier',
  'outcome_only',
  'outcome_beside',
  'provenance',
  'binary',
  'other_system',
  'longer_value',
  'empty',
  'entry_without_resource',
]

/** Inconclusive results: our document, but not current or of another patient; or a failed search. */
const doubtful: readonly FindAnswer[] = [
  'another_patients',
  'without_subject',
  'entered_in_error',
  'superseded',
  'doc_status_in_error',
  'not_a_bundle',
  400,
  403,
  404,
  500,
]

function searched(behaviour: EhrBehaviour): readonly Situation[] {
  const name = (find: FindAnswer) =>
    typeof find === 'number'
      ? `the search is answered ${find}`
      : `the search ${find.replaceAll('_', ' ')}`
  return [...sayingNothing, ...doubtful].flatMap((find) => [
    writing(name(find), sayingNothing.includes(find) ? written : writtenOrPerson, { find }),
    ...unclear.map(([what, faults]) =>
      writing(
        `${name(find)}; ${what}`,
        find === 'outcome_beside' && findsByIdentifier(behaviour) && what.startsWith('201')
          ? written
          : writtenOrPerson,
        { ...faults, find },
      ),
    ),
  ])
}
