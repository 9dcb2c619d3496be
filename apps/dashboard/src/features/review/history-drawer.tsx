import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import { reviewQueries, reviewRequests } from '../../api/review.ts'
import { Failure, Skeleton } from '../../ui/notice.tsx'
import { primaryButton } from '../../ui/buttons.ts'
import { mentionedIn } from './notes/mention-at.ts'
import { MentionInput } from './notes/mention-input.tsx'
import { useReadMention } from './notes/use-read-mention.ts'
import { DialogFrame } from '../../ui/dialog-frame.tsx'
import { RequestFailure } from './request-failure.tsx'
import { useOneAtATime } from './one-at-a-time.ts'
import { useReview } from './review-state.tsx'
import { dayAndTime } from './times.ts'

/** What happened to this order, newest first, with a place to write a note. */
export function HistoryDrawer({
  noteText,
  onNoteText,
  onClose,
}: {
  /** What is typed outlives the drawer. */
  noteText: string
  onNoteText: (text: string) => void
  onClose: () => void
}) {
  const { order, seen, offlineReason, sentenceOf } = useReview()
  const history = useQuery(reviewQueries.history(order.workItemId))
  const cache = useQueryClient()
  const owners = useQuery(reviewQueries.owners())
  const people = owners.data ?? []
  const mentioned = mentionedIn(noteText, people)
  useReadMention(order.mentionsMe && history.data !== undefined, order.workItemId)
  const add = useMutation({
    mutationFn: useOneAtATime((text: string) =>
      reviewRequests.addNote(seen, { text, mentions: mentioned }),
    ),
    onSuccess() {
      onNoteText('')
      void cache.invalidateQueries({ queryKey: reviewQueries.history(order.workItemId).queryKey })
    },
  })
  const [wasEmpty] = useState(noteText === '')
  const id = useId()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (noteText.trim() !== '' && !add.isPending) add.mutate(noteText.trim())
  }
  return (
    <DialogFrame title="Notes and history" isDrawer onClose={onClose}>
      <form onSubmit={submit} className="space-y-2">
        <label htmlFor={id} className="block font-medium">
          Write a note
        </label>
        <MentionInput
          id={id}
          rows={wasEmpty ? 3 : 6}
          people={people}
          value={noteText}
          onChange={onNoteText}
        />
        <p className="text-xs text-soft" aria-live="polite">
          {mentioned.length === 0
            ? 'Type @ and a name to ask somebody to look.'
            : `Finds this order among their own: ${mentioned.join(', ')}.`}
        </p>
        <RequestFailure error={add.error} onLooked={() => add.reset()} />
        <button
          type="submit"
          disabled={noteText.trim() === '' || add.isPending || offlineReason !== undefined}
          className={primaryButton}
        >
          Add note
        </button>
      </form>
      {history.data === undefined ? (
        history.error === null ? (
          <Skeleton rows={4} />
        ) : (
          <Failure error={history.error} onRetry={() => void history.refetch()} />
        )
      ) : history.data.items.length === 0 ? (
        <p className="text-soft">Nothing has happened since the draft.</p>
      ) : (
        <ol className="space-y-2">
          {history.data.items.toReversed().map((entry, index) => (
            <li
              key={`${entry.version} ${entry.kind} ${entry.at} ${index}`}
              data-history={entry.kind}
              className={`rounded-lg px-3 py-2 ${entry.kind === 'note' ? 'bg-accent-soft' : 'bg-sunken'}`}
            >
              <p className="break-words whitespace-pre-wrap">{sentenceOf(entry)}</p>
              <p className="text-xs text-soft">{dayAndTime(entry.at)}</p>
            </li>
          ))}
        </ol>
      )}
    </DialogFrame>
  )
}
