import type { AnswerValue, Evidence, ReviewView } from '@authscript/prior-auth'
import { reviewRequests } from '../../../api/review.ts'
import { RequestFailure } from '../request-failure.tsx'
import { useChange, useReview } from '../review-state.tsx'
import { clockTime } from '../times.ts'
import { AnswerControl, AnswerWord } from './answer-control.tsx'
import { type AnswerDraft, AnswerEditor } from './answer-editor.tsx'
import { EvidenceList } from './evidence-list.tsx'
import { answerWords, type Question } from './question-order.ts'

/** One of the payer's questions. Answered ones are one line until they are selected. */
export function QuestionRow({
  question: { answer, number, group, isBlocking },
  isSelected,
  draft,
  onSelect,
  onShow,
  onDraft,
}: {
  question: Question
  isSelected: boolean
  draft: AnswerDraft | undefined
  onSelect: () => void
  onShow: (evidence: Evidence) => void
  onDraft: (draft: AnswerDraft | undefined) => void
}) {
  const { order, isEditable } = useReview()
  const change = order.answerChanges.find((one) => one.criterionId === answer.criterionId)
  const isChanged = change?.applies === true
  const isOpen = isSelected || draft !== undefined
  const isDetailed = isOpen || group !== 'answered'
  const choose = (chosen: AnswerValue) => {
    onSelect()
    // Choosing the present answer again ends an edit in which nothing was typed.
    const isNothing = chosen === answer.answer && (draft?.reason ?? '').trim() === ''
    onDraft(isNothing ? undefined : { reason: '', ...draft, answer: chosen })
  }
  return (
    <li
      data-criterion={answer.criterionId}
      data-group={group}
      className={`border-b border-line px-4 py-2 last:border-b-0 ${isSelected ? 'bg-accent-soft/60 shadow-[inset_3px_0_0_var(--color-accent)]' : ''}`}
    >
      <div className={`flex items-start gap-x-3 gap-y-1.5 ${isDetailed ? 'flex-wrap' : ''}`}>
        <h3 className={`min-w-0 flex-1 font-medium ${isDetailed ? 'basis-56' : ''}`}>
          <button
            type="button"
            data-question={answer.criterionId}
            aria-expanded={isOpen}
            tabIndex={isSelected ? 0 : -1}
            onClick={onSelect}
            className={`w-full text-left ${isDetailed ? '' : 'line-clamp-1'}`}
          >
            <span className="text-soft tabular-nums">{number}.</span> {answer.question}
          </button>
        </h3>
        {isEditable && isDetailed ? (
          <AnswerControl
            label={`Answer to question ${number}`}
            answer={draft?.answer ?? answer.answer}
            isDisabled={false}
            onChoose={choose}
          />
        ) : (
          <AnswerWord answer={answer.answer} isBlocking={isBlocking} />
        )}
      </div>
      {isDetailed && (
        <div className="mt-1 space-y-1.5">
          {isBlocking && (
            <p className="text-xs font-semibold text-bad">
              This answer keeps the criteria from being met
            </p>
          )}
          {!isChanged && <p className="text-soft first-letter:uppercase">{answer.reason}.</p>}
          {change !== undefined && <ChangedBy change={change} />}
          {draft !== undefined && (
            <AnswerEditor
              criterionId={answer.criterionId}
              draft={draft}
              onType={(reason) => onDraft({ ...draft, reason })}
              onEnd={() => onDraft(undefined)}
            />
          )}
          <EvidenceList answer={answer} onShow={onShow} />
        </div>
      )}
      {!isDetailed && isChanged && (
        <p className="text-xs text-soft">changed by {change.changedBy}</p>
      )}
    </li>
  )
}

/** Who changed the answer and why, and the way back to the chart's. */
function ChangedBy({ change }: { change: ReviewView['answerChanges'][number] }) {
  const { isEditable } = useReview()
  const restore = useChange(reviewRequests.restoreAnswer)
  return (
    <div className="space-y-1">
      <p>
        {change.applies ? (
          <>
            Changed by <span className="font-medium">{change.changedBy}</span>,{' '}
            {clockTime(change.changedAt)}: {change.reason}
            <span className="block text-xs text-soft">
              The chart’s answer: {answerWords[change.chartAnswer]}
            </span>
          </>
        ) : (
          <span className="text-warn">
            {change.changedBy} answered {answerWords[change.answer]} ({change.reason}) when the
            chart still said {answerWords[change.chartAnswer]}. The chart has changed, so this
            answer no longer counts.
          </span>
        )}
      </p>
      {isEditable && (
        <button
          type="button"
          disabled={restore.isPending}
          onClick={() => restore.mutate({ criterionId: change.criterionId })}
          className="min-h-6 rounded px-1 text-xs font-medium text-accent hover:underline"
        >
          Use the chart’s answer
        </button>
      )}
      <RequestFailure error={restore.error} onLooked={() => restore.reset()} />
    </div>
  )
}
