import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { DocumentWriter } from '../../src/fhir/documents/document-writer.ts'
import { RunClock, runWriteBack } from './write-back-run.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
})
afterEach(() => {
  vi.useRealTimers()
})

it.each([
  { arrives: true, sent: 1 },
  { arrives: false, sent: 2 },
])(
  'a document whose sending our own limit cut off is looked for before it is sent again (arrived: $arrives)',
  async ({ arrives, sent }) => {
    let sendCount = 0
    let isThere = false
    const ours = { documentId: 'd-1', evidence: 'identifier' } as const
    const documents = {
      title: 'Prior authorization',
      destination: 'https://ehr.test/',
      async send(_ref, _document, signal) {
        sendCount += 1
        isThere = arrives || sendCount > 1
        if (sendCount > 1) return { outcome: 'created', documentId: ours.documentId }
        vi.runAllTimers()
        // As the exchange does when its caller ends it.
        throw signal.reason
      },
      reconcile: async () => (isThere ? { outcome: 'present', ...ours } : { outcome: 'absent' }),
      verify: async () => ({ verdict: 'ours', evidence: ours.evidence }),
    } satisfies Partial<DocumentWriter> as unknown as DocumentWriter

    const end = await runWriteBack(documents, new RunClock())

    expect(end).toMatchObject({ state: 'written', documentId: ours.documentId })
    expect(new Set(end.errors)).toEqual(new Set(['write_back_in_flight']))
    expect(sendCount).toBe(sent)
  },
)

it('a document that our own limit kept from being sent is sent by a later try', async () => {
  let tries = 0
  const ours = { documentId: 'd-1', evidence: 'identifier' } as const
  const documents = {
    title: 'Prior authorization',
    destination: 'https://ehr.test/',
    async send(_ref, _document, signal) {
      tries += 1
      if (tries > 1) return { outcome: 'created', documentId: ours.documentId }
      vi.runAllTimers()
      // As both writers do when what they read first takes too long.
      return { outcome: 'refused', error: signal.reason }
    },
    reconcile: async () => (tries > 1 ? { outcome: 'present', ...ours } : { outcome: 'absent' }),
    verify: async () => ({ verdict: 'ours', evidence: ours.evidence }),
  } satisfies Partial<DocumentWriter> as unknown as DocumentWriter

  const end = await runWriteBack(documents, new RunClock())

  expect(end).toMatchObject({ state: 'written', documentId: ours.documentId })
  expect(end.errors).toEqual(['write_back_not_sent'])
})
