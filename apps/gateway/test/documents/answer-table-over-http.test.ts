import { describe, expect, it } from 'vitest'
import { createRows, isLost, listRows, readRows, searchRows } from './answer-rows.ts'
import { DocumentServer } from './document-server.ts'
import { wireEhr } from './wire-server.ts'
import { RunClock, runWriteBack } from './write-back-run.ts'

describe('the answer table, over HTTP through the real client', () => {
  const [search, ignored] = searchRows
  const [list] = listRows
  const [read] = readRows
  if (!search || !ignored || !list || !read) throw new Error('rows are missing')
  // A refused token is renewed once, and the second create is answered normally.
  const isRefusal = (what: string) => /^4\d\d$/.test(what) && !['401', '429'].includes(what)

  it.each(createRows.filter(({ what }) => what !== '429'))('$what', async (create) => {
    const clock = new RunClock()
    const rows = {
      create,
      search: ignored,
      list,
      read,
      keepsIdentifier: false,
      shows: 'data',
    } as const
    const server = new DocumentServer(rows, () => clock.ms)
    await using wire = await wireEhr((request) => server.handle(request), { Writer: 'fhir' }, clock)
    server.base = wire.baseUrl

    const end = await runWriteBack(wire.ehr.documents, clock)

    expect(end.state).toBe(
      isRefusal(create.what) ? 'failed' : isLost(create.what) ? 'ambiguous' : 'written',
    )
    expect(server.copies).toHaveLength(end.state === 'written' ? 1 : 0)
    expect(end.documentId).toBe(server.copies[0]?.id ?? null)
  })
})
