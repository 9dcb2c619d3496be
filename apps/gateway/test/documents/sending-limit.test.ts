import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { DocumentWriter } from '../../src/fhir/documents/document-writer.ts'
import { RunClock, runWriteBack } from './write-back-run.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
})
afterEach(() => {
  vi.useRealTimers()
})

const ours = { documentId: 'd-1', evidence: 'identifier' } as const
const created = { outcome: 'created', documentId: ours.documentId } as const

/** A writer whose first sending outlasts the limit and ends as `cutOff` says; `isThere` tells whether the document is in the chart after so many. */
function aSlowWriter(
  cutOff: (reason: unknown) => Awaited<ReturnType<DocumentWriter['send']>>,
  isThere: (sendCount: number) => boolean,
) {
  let sendCount = 0
  const writer = {
    title: 'Prior authorization',
    destination: 'https://ehr.test/',
    async send(_ref, _document, signal) {
      sendCount += 1
      if (sendCount > 1) return created
      vi.runAllTimers()
      return cutOff(signal.reason)
    },
    reconcile: async () =>
      isThere(sendCount) ? { outcome: 'present', ...ours } : { outcome: 'absent' },
    verify: async () => ({ verdict: 'ours', evidence: ours.evidence }),
  } satisfies Partial<DocumentWriter> as unknown as DocumentWriter
  return { writer, sendCount: () => sendCount }
}

/** As the exchange does when its caller ends it. */
const throwIt = (reason: unknown) => {
  throw reason
}
/** As both writers do when what they read first takes too long. */
const refuse = (error: unknown) => ({ outcome: 'refused', error }) as const

it.each([
  { arrives: true, sent: 1 },
  { arrives: false, sent: 2 },
])(
  'a document whose sending our own limit cut off is looked for before it is sent again (arrived: $arrives)',
  async ({ arrives, sent }) => {
    const { writer, sendCount } = aSlowWriter(throwIt, (count) =>
      count === 1 ? arrives : count > 1,
    )

    const end = await runWriteBack(writer, new RunClock())

    expect(end).toMatchObject({ state: 'written', documentId: ours.documentId })
    expect(new Set(end.errors)).toEqual(new Set(['write_back_in_flight']))
    expect(sendCount()).toBe(sent)
  },
)

it('a document that our own limit kept from being sent is sent by a later try', async () => {
  const { writer } = aSlowWriter(refuse, (count) => count > 1)

  const end = await runWriteBack(writer, new RunClock())

  expect(end).toMatchObject({ state: 'written', documentId: ours.documentId })
  expect(end.errors).toEqual(['write_back_not_sent'])
})
