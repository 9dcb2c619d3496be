import { americanDate, type InformationRequest } from '@authscript/prior-auth'
import { type FormEvent, useId, useState } from 'react'
import { reviewRequests } from '../../../api/review.ts'
import { primaryButton, quietButton, secondaryButton, textInput } from '../../../ui/buttons.ts'
import { RequestFailure } from '../request-failure.tsx'
import { useChange, useKeptVersion, useReview } from '../review-state.tsx'
import { clockTime, today } from '../times.ts'
import { useTypedText } from '../typed-text.tsx'

/** Who was asked for what, and the two ways in which the request ends. */
export function OpenRequest({ request }: { request: InformationRequest }) {
  const { isEditable } = useReview()
  const end = useChange(reviewRequests.endAsk)
  const [answer, setAnswer] = useState<string>()
  const id = useId()
  useKeptVersion(answer !== undefined)
  useTypedText((answer ?? '').trim() !== '', 'an answer to the request')
  const { of, what, dueOn, by, at } = request
  const isLate = dueOn !== null && dueOn < today()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    end.mutate(
      { outcome: 'answered', answer: (answer ?? '').trim() },
      { onSuccess: () => setAnswer(undefined) },
    )
  }
  return (
    <section
      aria-label="Information asked"
      data-information-request
      className="space-y-2 border-b border-line bg-warn-soft/40 px-4 py-3"
    >
      <h3 className="font-semibold">
        Asked <bdi>{of}</bdi> for information
        {dueOn !== null && (
          <span className={isLate ? 'text-warn' : 'font-normal text-soft'}>
            {isLate ? `, overdue since ${americanDate(dueOn)}` : `, by ${americanDate(dueOn)}`}
          </span>
        )}
      </h3>
      <AskedFor what={what} />
      <p className="text-xs text-soft">
        {by}, {clockTime(at)}
      </p>
      <RequestFailure error={end.error} onLooked={() => end.reset()} />
      {isEditable &&
        (answer === undefined ? (
          <div className="flex flex-wrap gap-2">
            <button type="button" onClick={() => setAnswer('')} className={secondaryButton}>
              Enter the answer
            </button>
            <button
              type="button"
              disabled={end.isPending}
              onClick={() => end.mutate({ outcome: 'withdrawn' })}
              className={quietButton}
            >
              Withdraw the request
            </button>
          </div>
        ) : (
          <form onSubmit={submit} className="space-y-2">
            <label htmlFor={id} className="block font-medium">
              What <bdi>{of}</bdi> answered
            </label>
            <textarea
              id={id}
              required
              rows={3}
              maxLength={4000}
              dir="auto"
              value={answer}
              onChange={(event) => setAnswer(event.target.value)}
              className={textInput}
            />
            <div className="flex flex-wrap gap-2">
              <button
                type="submit"
                disabled={end.isPending || answer.trim() === ''}
                className={primaryButton}
              >
                Save the answer
              </button>
              <button type="button" onClick={() => setAnswer(undefined)} className={quietButton}>
                Cancel
              </button>
            </div>
            <p className="text-xs text-soft">
              It is kept in the history. Where it settles a question, answer that question below.
            </p>
          </form>
        ))}
    </section>
  )
}

/** A long list of questions leaves the answers below it on the screen. */
const shownLines = 4

function AskedFor({ what }: { what: string }) {
  const [isOpen, setOpen] = useState(false)
  const isLong = what.split('\n').length > shownLines || what.length > 240
  return (
    <div>
      <p
        dir="auto"
        className={`break-words whitespace-pre-wrap ${isLong && !isOpen ? 'line-clamp-4' : ''}`}
      >
        {what}
      </p>
      {isLong && (
        <button
          type="button"
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
          className="min-h-6 rounded px-1 text-xs font-medium text-accent hover:underline"
        >
          {isOpen ? 'Show less' : 'Show all'}
        </button>
      )}
    </div>
  )
}
