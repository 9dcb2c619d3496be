import type { Answer, WorkItemSource } from '@authscript/prior-auth'
import { useEffect, useRef } from 'react'
import { segmentsOf } from './highlights.ts'

type SourceDocument = WorkItemSource['documents'][number]

/** A passage that a person selected, as offsets into the document's text. */
export interface SelectedPassage {
  readonly resourceId: string
  readonly title: string
  readonly text: string
  readonly start: number
  readonly end: number
}

/**
 * The text of a note. The selected question's quotes are highlighted and the passage in question is scrolled to; other quotes are
 * underlined.
 */
export function DocumentText({
  document: source,
  answers,
  selectedId,
  shownStart,
  onSelectPassage,
}: {
  document: SourceDocument
  answers: readonly Answer[]
  selectedId: string | undefined
  /** Where the passage to scroll to begins; absent: the first quote of the selected question. */
  shownStart: number | undefined
  onSelectPassage: (passage: SelectedPassage | undefined) => void
}) {
  const body = useRef<HTMLDivElement>(null)
  const { text, resourceId, title } = source

  useEffect(() => {
    const marks = [...(body.current?.querySelectorAll<HTMLElement>('[data-start]') ?? [])]
    const at = (mark: HTMLElement) => Number(mark.dataset['start'])
    const mark =
      marks.find((one) => shownStart !== undefined && at(one) === shownStart) ??
      marks.find((one) => one.dataset['kind'] === 'selected')
    mark?.scrollIntoView({ block: 'center' })
  }, [selectedId, shownStart, resourceId])

  useEffect(() => {
    const read = () => {
      const passage = readPassage(body.current)
      if (passage !== 'elsewhere')
        onSelectPassage(passage === undefined ? undefined : { ...passage, resourceId, title })
    }
    document.addEventListener('selectionchange', read)
    return () => document.removeEventListener('selectionchange', read)
  }, [resourceId, title, onSelectPassage])

  if (text === null) return null
  return (
    <div
      ref={body}
      data-document={title}
      className="leading-relaxed break-words whitespace-pre-wrap"
    >
      {segmentsOf(text, resourceId, answers, selectedId).map((segment) =>
        segment.kind === 'plain' ? (
          segment.text
        ) : (
          <mark
            key={segment.start}
            data-start={segment.start}
            data-kind={segment.kind}
            className={
              segment.kind === 'selected'
                ? 'rounded-sm bg-mark text-ink'
                : 'bg-transparent text-ink underline decoration-dotted decoration-from-font underline-offset-4'
            }
          >
            {segment.text}
          </mark>
        ),
      )}
    </div>
  )
}

/** The selection inside of the text; `elsewhere` if the selection is in another place, as in a field that is typed into. */
function readPassage(
  body: HTMLElement | null,
): Pick<SelectedPassage, 'text' | 'start' | 'end'> | undefined | 'elsewhere' {
  const selection = document.getSelection()
  if (body === null || selection === null || selection.rangeCount === 0) return 'elsewhere'
  const range = selection.getRangeAt(0)
  if (!body.contains(range.commonAncestorContainer)) return 'elsewhere'
  if (range.collapsed) return undefined
  const before = document.createRange()
  before.selectNodeContents(body)
  before.setEnd(range.startContainer, range.startOffset)
  const whole = range.toString()
  const text = whole.trim()
  if (text === '') return undefined
  const start = before.toString().length + (whole.length - whole.trimStart().length)
  return { text, start, end: start + text.length }
}
