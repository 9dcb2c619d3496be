import type { AssessedAnalysis, Evidence } from '@authscript/prior-auth'
import { type KeyboardEvent, useEffect, useRef } from 'react'
import type { AnswerDraft } from './answer-editor.tsx'
import type { Question } from './question-order.ts'
import { QuestionRow } from './question-row.tsx'
import { Summary } from './summary.tsx'

const groupTitles = {
  open: 'Open',
  against: 'Against the request, or contradicted',
  answered: 'Answered',
} as const

/** The payer's questions: the summary, then open ones, those against the request, and the rest. */
export function QuestionsPane({
  analysis,
  questions,
  selectedId,
  drafts,
  focusTurn,
  onSelect,
  onMove,
  onShow,
  onDraft,
}: {
  analysis: AssessedAnalysis
  questions: readonly Question[]
  selectedId: string | undefined
  drafts: Readonly<Record<string, AnswerDraft>>
  focusTurn: number
  onSelect: (criterionId: string) => void
  /** Selects by a key: the focus goes with it. */
  onMove: (criterionId: string) => void
  onShow: (criterionId: string, evidence: Evidence) => void
  onDraft: (criterionId: string, draft: AnswerDraft | undefined) => void
}) {
  const pane = useRef<HTMLDivElement>(null)
  const selected = useRef(selectedId)
  selected.current = selectedId
  const selectedRow = () =>
    pane.current?.querySelector<HTMLElement>(
      `[data-question="${CSS.escape(selected.current ?? '')}"]`,
    )
  // The selected question comes into view from wherever it was selected; when the page opens, the summary and its warnings stay in view.
  const selectedAtFirst = useRef(selectedId)
  useEffect(() => {
    if (selectedId === selectedAtFirst.current && focusTurn === 0) return
    selectedAtFirst.current = undefined
    selectedRow()?.closest('li')?.scrollIntoView({ block: 'nearest' })
  }, [selectedId, focusTurn])
  useEffect(() => {
    if (focusTurn > 0) selectedRow()?.focus({ preventScroll: true })
  }, [focusTurn])

  const moveByArrows = (event: KeyboardEvent) => {
    if (!(event.target instanceof HTMLElement) || !event.target.matches('[data-question]')) return
    const at = questions.findIndex(({ answer }) => answer.criterionId === selectedId)
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: questions.length - 1 }[event.key]
    const next = to === undefined ? undefined : questions[to]
    if (next === undefined) return
    event.preventDefault()
    onMove(next.answer.criterionId)
  }
  return (
    <div ref={pane} onKeyDown={moveByArrows}>
      <Summary analysis={analysis} questions={questions} onSelect={onSelect} />
      {(['open', 'against', 'answered'] as const).map((group) => {
        const rows = questions.filter((question) => question.group === group)
        if (rows.length === 0) return null
        return (
          <section key={group} aria-label={`${groupTitles[group]} questions`}>
            <p className="border-b border-line px-4 pt-3 pb-1 text-xs font-semibold text-soft">
              {groupTitles[group]} ({rows.length})
            </p>
            <ul>
              {rows.map((question) => {
                const { criterionId } = question.answer
                return (
                  <QuestionRow
                    key={criterionId}
                    question={question}
                    isSelected={criterionId === selectedId}
                    draft={drafts[criterionId]}
                    onSelect={() => onSelect(criterionId)}
                    onShow={(evidence) => onShow(criterionId, evidence)}
                    onDraft={(draft) => onDraft(criterionId, draft)}
                  />
                )
              })}
            </ul>
          </section>
        )
      })}
    </div>
  )
}
