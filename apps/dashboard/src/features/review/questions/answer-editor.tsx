import type { AnswerValue, Evidence } from '@authscript/prior-auth'
import { type FormEvent, useEffect, useId, useRef } from 'react'
import { reviewRequests } from '../../../api/review.ts'
import { primaryButton, quietButton, textInput } from '../../../ui/buttons.ts'
import { RequestFailure } from '../request-failure.tsx'
import { useChange, useReview } from '../review-state.tsx'
import { answerWords } from './question-order.ts'

/** What a person is about to answer. The screen keeps it, so that it outlives the row, which moves when an answer changes. */
export interface AnswerDraft {
  readonly answer: AnswerValue
  readonly reason: string
  /** A sentence of the note that the person selected. */
  readonly evidence?: Evidence
}

const stances = { met: 'supports', not_met: 'refutes', unclear: 'mentions' } as const

/** Asks for the reason of a changed answer, in place. */
export function AnswerEditor({
  criterionId,
  draft,
  onType,
  onEnd,
}: {
  criterionId: string
  draft: AnswerDraft
  onType: (reason: string) => void
  onEnd: () => void
}) {
  const { isEditable } = useReview()
  const change = useChange(reviewRequests.changeAnswer)
  const { answer, reason, evidence } = draft
  const field = useRef<HTMLTextAreaElement>(null)
  const id = useId()
  useEffect(() => field.current?.focus(), [answer])

  const save = (event?: FormEvent) => {
    event?.preventDefault()
    if (reason.trim() === '' || change.isPending || !isEditable) return
    change.mutate(
      {
        criterionId,
        answer,
        reason: reason.trim(),
        ...(evidence === undefined ? {} : { evidence: { ...evidence, stance: stances[answer] } }),
      },
      { onSuccess: onEnd },
    )
  }
  return (
    <form
      onSubmit={save}
      data-answer-editor={criterionId}
      className="space-y-2 rounded-lg border border-accent bg-panel p-2.5"
    >
      {evidence?.quote !== undefined && (
        <blockquote className="rounded-md bg-accent-soft px-2 py-1 text-ink">
          “{evidence.quote.text.trim()}”
        </blockquote>
      )}
      <label htmlFor={id} className="block font-medium">
        Why {answerWords[answer]}?
      </label>
      <textarea
        ref={field}
        id={id}
        required
        rows={2}
        maxLength={1000}
        value={reason}
        onChange={(event) => onType(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') onEnd()
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
            event.stopPropagation()
            save()
          }
        }}
        className={textInput}
      />
      <RequestFailure error={change.error} onLooked={() => change.reset()} />
      <div className="flex flex-wrap gap-2">
        <button
          type="submit"
          disabled={change.isPending || !isEditable || reason.trim() === ''}
          className={primaryButton}
        >
          {change.isPending ? 'Saving…' : `Answer ${answerWords[answer]}`}
        </button>
        <button type="button" onClick={onEnd} className={quietButton}>
          Cancel
        </button>
      </div>
    </form>
  )
}
