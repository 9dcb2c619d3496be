import {
  americanDate,
  type ClinicalBundle,
  type DocumentEntry,
  type ResourceSource,
} from '@authscript/prior-auth'
import type { FactStore } from './answers/chart-facts.ts'

/** What the reviewer must know about how the notes were read. */
export function readingNotices(
  { unreadNotes }: FactStore,
  { documents }: ClinicalBundle,
): readonly string[] {
  const unread = [...new Set(unreadNotes.map((one) => titleOf(one.source, documents)))]
  const restricted = documents.filter(
    (one) => one.isRestricted === true && one.content.kind === 'text',
  )
  return [
    ...unread.map(
      (title) =>
        `${title} was not read completely; what it does not mention is unknown, so read it yourself`,
    ),
    ...(restricted.length === 0
      ? []
      : [
          `notes with restricted confidentiality were read: ${restricted
            .map((one) => titleOf(one.source, documents))
            .join(', ')}; check what may be sent`,
        ]),
  ]
}

function titleOf({ resourceId }: ResourceSource, documents: readonly DocumentEntry[]): string {
  const document = documents.find(({ source }) => source.resourceId === resourceId)
  const title = document?.title ?? document?.type.text ?? 'a note'
  return document?.date === undefined ? title : `${title} of ${americanDate(document.date)}`
}
