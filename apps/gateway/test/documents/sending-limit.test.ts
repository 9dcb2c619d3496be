import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { DocumentWriter } from '../../src/fhir/documents/document-writer.ts'
import { unanswered } from '../../src/fhir/documents/post-document.ts'
import { RunClock, runWriteBack } from './write-back-run.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
})
afterEach(() => {
  vi.useRealTimers()
})

const ours = { documentId: 'd-1', evidence: 'identifier' } as const
const created = { outcome: 'created', documentId: ours.documentId } as const

/** A writer whose first sending outlasts the limit and ends as `cutOff` says; `isThere` says whether the document is in the chart after that many sends. */
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

/** As both writers do when their first reads take too long. */
const refuse = (error: unknown) => ({ outcome: 'refused', error }) as const
const fallSilent = (cause: unknown) => unanswered('there was no clear answer', cause)

it('a document whose sending timed out is searched for and found', async () => {
  const { writer, sendCount } = aSlowWriter(fallSilent, (count) => count > 0)

  const end = await runWriteBack(writer, new RunClock())

  expect(end).toMatchObject({ state: 'written', documentId: ours.documentId })
  expect(sendCount()).toBe(1)
})

it('a document whose sending timed out and that is not found is left to a person', async () => {
  const { writer, sendCount } = aSlowWriter(fallSilent, () => false)

  const end = await runWriteBack(writer, new RunClock())

  expect(end.state).toBe('ambiguous')
  expect(sendCount()).toBe(1)
})

it('a document that our own limit kept from being sent is sent by a later attempt', async () => {
  const { writer } = aSlowWriter(refuse, (count) => count > 1)

  const end = await runWriteBack(writer, new RunClock())

  expect(end).toMatchObject({ state: 'written', documentId: ours.documentId })
  expect(end.errors).toEqual(['write_back_not_sent'])
})
