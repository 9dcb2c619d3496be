import { TriangleAlert } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { RequestFailed } from '../../api/client.ts'
import { conflictOf, isUnreachable } from '../../api/review.ts'
import { secondaryButton } from '../../ui/buttons.ts'
import { useReview } from './review-state.tsx'
import { clockTime } from './times.ts'

/** Why a change was not saved. What was typed stays where it is. */
export function RequestFailure({ error, onLooked }: { error: Error | null; onLooked: () => void }) {
  if (error === null) return null
  if (conflictOf(error) !== undefined) return <SomeoneWasFirst error={error} onLooked={onLooked} />
  return (
    <p role="alert" className="flex gap-2 rounded-lg bg-bad-soft p-2.5 text-bad">
      <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
      {wordsFor(error)}
    </p>
  )
}

function wordsFor(error: Error): string {
  if (isUnreachable(error))
    return 'The gateway cannot be reached. What you typed is kept here; try again in a moment.'
  if (!(error instanceof RequestFailed))
    return 'This could not be saved. What you typed is kept here.'
  return capitalized(error.problem.detail ?? error.problem.title)
}

function SomeoneWasFirst({ error, onLooked }: { error: Error; onLooked: () => void }) {
  const { lookAtTheirs, sentenceOf } = useReview()
  const [isLooking, setLooking] = useState(false)
  const { changedBy, changes = [] } = conflictOf(error) ?? {}
  const look = async () => {
    setLooking(true)
    try {
      await lookAtTheirs()
      onLooked()
    } catch {
      // The page says that the gateway cannot be reached.
    } finally {
      setLooking(false)
    }
  }
  const notice = useRef<HTMLDivElement>(null)
  // The message may be hidden under the bar of actions, below what was typed.
  useEffect(() => {
    notice.current?.scrollIntoView({ block: 'nearest' })
  }, [])
  return (
    <div
      ref={notice}
      role="alert"
      data-conflict
      className="space-y-2 rounded-lg bg-warn-soft p-2.5 text-warn"
    >
      <p className="font-medium">
        {changedBy ?? 'Someone'} changed this order while you were working on it. Nothing of yours
        is lost.
      </p>
      <ul className="space-y-1">
        {changes.map((change) => (
          <li key={`${change.version} ${change.kind} ${change.at}`}>
            {clockTime(change.at)} {sentenceOf(change)}.
          </li>
        ))}
      </ul>
      <button
        type="button"
        disabled={isLooking}
        onClick={() => void look()}
        className={secondaryButton}
      >
        Look at theirs
      </button>
    </div>
  )
}

function capitalized(sentence: string): string {
  const text = sentence.slice(0, 1).toUpperCase() + sentence.slice(1)
  return /[.!?]$/u.test(text) ? text : `${text}.`
}
