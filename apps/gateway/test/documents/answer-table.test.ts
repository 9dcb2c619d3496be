import { describe, expect, it } from 'vitest'
import { createFhirDocumentWriter } from '../../src/fhir/documents/fhir-document-writer.ts'
import { anEhrSettings } from '../ehr/an-ehr-settings.ts'
import { createRows, isLost, listRows, readRows, saysItFailed, searchRows } from './answer-rows.ts'
import { DocumentServer, type ServerRows } from './document-server.ts'
import { memoryHttp } from './memory-http.ts'
import { RunClock, type RunEnd, runWriteBack } from './write-back-run.ts'

const { documents: settings, limits } = anEhrSettings({
  fhirBaseUrl: 'https://ehr.test/fhir/r4/',
  tokenUrl: 'https://ehr.test/token',
})

const [honestSearch, ignoredSearch] = searchRows
const [honestList, , forbiddenList] = listRows
const [honestRead] = readRows
const forbiddenRead = readRows.find((one) => one.what === '403')
if (
  !honestSearch ||
  !ignoredSearch ||
  !honestList ||
  !honestRead ||
  !forbiddenList ||
  !forbiddenRead
)
  throw new Error('rows are missing')

/** Everything works, and the profile knows it. */
const open = {
  search: honestSearch,
  list: honestList,
  read: honestRead,
  keepsIdentifier: true,
  shows: 'data',
} satisfies Partial<ServerRows>
/** Accepts documents and shows none. */
const blind = {
  search: ignoredSearch,
  list: forbiddenList,
  read: forbiddenRead,
  keepsIdentifier: false,
  shows: 'nothing',
} satisfies Partial<ServerRows>
/** Does not keep identifiers, but lists its documents. */
const lister = { ...open, search: ignoredSearch, keepsIdentifier: false }

async function run(
  rows: ServerRows,
  searchable?: boolean,
): Promise<{ end: RunEnd; server: DocumentServer }> {
  const clock = new RunClock()
  const server = new DocumentServer(rows, () => clock.ms)
  const writer = createFhirDocumentWriter({
    http: memoryHttp(server.base, (request) => server.handle(request)),
    fhirBaseUrl: server.base,
    publicBaseUrl: undefined,
    settings: {
      content: settings.content,
      ...(searchable === undefined ? {} : { searchableByIdentifier: searchable }),
    },
    limits,
    clock,
  })
  return { end: await runWriteBack(writer, clock), server }
}

/** The violations in a run: written without a document, a second document, or absence reported although there is a document. */
function breachesOf(end: RunEnd, server: DocumentServer): readonly string[] {
  const { copies } = server
  return [
    ...(copies.length > 1 ? ['a second document'] : []),
    ...(end.state === 'written' && !copies.some((one) => one.id === end.documentId)
      ? ['written without a document']
      : []),
    ...(end.state === 'failed' && end.row.sending_since === null && copies.length > 0
      ? ['failed with a document in the chart']
      : []),
    ...(['queued', 'writing', 'withdrawn'].includes(end.state) ? [`ended ${end.state}`] : []),
  ]
}

const nameOf = (rows: ServerRows) =>
  [rows.create, rows.search, rows.list, rows.read].map((one) => one.what).join(' | ')

describe('every answer to a create × what is recorded', () => {
  const isRefusal = (what: string) => /^4\d\d$/.test(what) && what !== '429'
  const table = createRows.map((create) => ({
    ...create,
    onOpen: isRefusal(create.what) ? 'failed' : 'written',
    onBlind: isRefusal(create.what) ? 'failed' : 'ambiguous',
  }))

  it.each(table)('$what: $onOpen if the server shows everything', async ({ onOpen, ...create }) => {
    const { end, server } = await run({ ...open, create }, true)

    expect(end.state).toBe(isLost(create.what) ? 'ambiguous' : onOpen)
    expect(server.copies).toHaveLength(onOpen === 'failed' || isLost(create.what) ? 0 : 1)
    expect(breachesOf(end, server)).toEqual([])
  })

  it.each(table)('$what: $onBlind if the server shows nothing', async ({ onBlind, ...create }) => {
    const { end, server } = await run({ ...blind, create }, false)

    expect(end.state).toBe(onBlind)
    expect(server.creates).toBe(create.what === '429' ? 2 : 1)
    expect(breachesOf(end, server)).toEqual([])
  })

  it.each(table)('$what: the same result from the list alone', async ({ onOpen, ...create }) => {
    const { end, server } = await run({ ...lister, create })

    expect(end.state).toBe(isLost(create.what) ? 'ambiguous' : onOpen)
    expect(breachesOf(end, server)).toEqual([])
  })
})

/** One row of each kind for the full product of answers; the other rows are equivalent. */
const crossed = createRows.filter(({ what }) =>
  /^(?:201 with the resource|201, empty, versioned Location|20[12] without|201 naming|200 with garbage|a reset|50[03]|409|422$|429$)/.test(
    what,
  ),
)

describe('every answer to a create × to a search × to a read-back × to a list', () => {
  it.each(crossed)(
    '$what: never written without a document, never a second one',
    async (create) => {
      const breaches: string[] = []
      let count = 0
      const check = async (rows: ServerRows, searchable?: boolean) => {
        count += 1
        const { end, server } = await run(rows, searchable)
        const found = breachesOf(end, server)
        if (found.length > 0) breaches.push(`${nameOf(rows)}: ${found.join(', ')}`)
      }
      for (const search of searchRows)
        for (const read of readRows) await check({ ...open, create, search, read }, true)
      for (const search of searchRows)
        for (const list of listRows)
          for (const keepsIdentifier of [true, false])
            await check({ ...open, create, search, list, keepsIdentifier })
      for (const shows of ['data', 'binary', 'fhir_binary', 'hash', 'size', 'nothing'] as const)
        for (const list of listRows) await check({ ...lister, create, list, shows })
      for (const indexLagMs of [1000, 39_000, 75_000]) {
        await check({ ...open, create, indexLagMs }, true)
        await check({ ...lister, create, indexLagMs })
      }

      expect(breaches).toEqual([])
      expect(count).toBeGreaterThan(700)
    },
  )
})

describe('a server that permanently hides its documents from lists that it claims are complete', () => {
  const hidden = createRows.filter(({ what, keeps }) => keeps && !saysItFailed(what))

  it.each(hidden)('$what: never a second document', async (create) => {
    for (const searchable of [true, undefined]) {
      const indexLagMs = Number.POSITIVE_INFINITY
      const { end, server } = await run({ ...open, create, indexLagMs }, searchable)

      expect(server.creates).toBe(1)
      expect(breachesOf(end, server)).toEqual([])
    }
  })
})

describe('an unreliable read-back', () => {
  const create = createRows.find((one) => one.what === '201, empty, versioned Location')
  if (create === undefined) throw new Error('a row is missing')

  it.each(readRows.map((read) => ({ read, what: read.what })))(
    'decides between written and a person: $what',
    async ({ read }) => {
      const { end } = await run({ ...blind, create, read, shows: 'data' })

      const isBelieved = ['honest', 'a version of the patient'].includes(read.what)
      expect(end.state).toBe(isBelieved ? 'written' : 'ambiguous')
    },
  )

  it('is left to a person if the EHR shows no content and keeps no identifier', async () => {
    const { end } = await run({ ...blind, read: honestRead, create })

    expect(end.state).toBe('ambiguous')
  })

  it.each(['data', 'binary', 'fhir_binary', 'hash', 'size'] as const)(
    'is written if the EHR shows its %s',
    async (shows) => {
      const { end } = await run({ ...blind, read: honestRead, create, shows })

      expect(end).toMatchObject({ state: 'written', documentId: 'd1' })
      expect(end.row.document_evidence).toBe('content')
    },
  )
})
