import {
  type DeadLetterGroup,
  type DeadLetterView,
  maxDismissalNote,
  type OperationsView,
} from '@authscript/prior-auth'
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { operationsActions, operationsQueries } from '../../api/operations.ts'
import { quietButton, secondaryButton, textInput } from '../../ui/buttons.ts'
import { Failure, Skeleton } from '../../ui/notice.tsx'
import { ConfirmDialog } from './confirm-dialog.tsx'
import { Panel } from './panel.tsx'
import { RedriveStatus } from './redrive-status.tsx'
import { RequestFailure } from './request-failure.tsx'
import { useRedriveAll } from './use-redrive-all.ts'
import { whenWords } from './times.ts'
import { Worded } from './worded.tsx'

/** What failed after the last retry, by its code: the cause and the remedy are the same for all of a code. */
export function DeadLetters({ deadLetters }: { deadLetters: OperationsView['deadLetters'] }) {
  const { count, groups } = deadLetters
  return (
    <Panel
      title="Needs you"
      aside={
        <span className="text-xs text-soft tabular-nums">
          {count === 1 ? '1 dead letter' : `${count} dead letters`}
        </span>
      }
    >
      {groups.length === 0 ? (
        <p className="px-4 py-3 text-soft">
          Nothing. What fails after the last retry is listed here, by its cause.
        </p>
      ) : (
        <ul className="divide-y divide-line">
          {groups.map((group) => (
            <Group key={group.code} group={group} />
          ))}
        </ul>
      )}
    </Panel>
  )
}

/** Everything on this page may have changed. */
function useChanged(): () => Promise<unknown> {
  const cache = useQueryClient()
  return () =>
    Promise.all([
      cache.invalidateQueries({ queryKey: ['operations'] }),
      cache.invalidateQueries({ queryKey: ['operations-letters'] }),
    ])
}

function Group({ group }: { group: DeadLetterGroup }) {
  const [isOpen, setIsOpen] = useState(false)
  const [isAsking, setIsAsking] = useState(false)
  const changed = useChanged()
  const redriveAll = useRedriveAll(group.code, changed)
  const { progress } = redriveAll
  const isUnderWay = progress?.state === 'running' || progress?.state === 'stopping'
  const { code, count, firstAt, lastAt, practiceIds, when, remedy, href } = group
  return (
    <li data-dead-letters={code} className="px-4 py-3">
      <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
        <div className="min-w-0 grow basis-72 [overflow-wrap:anywhere]">
          <p>
            {href === null ? (
              <code className="font-mono font-medium">{code}</code>
            ) : (
              <a
                href={href}
                target="_blank"
                rel="noreferrer"
                className="font-mono font-medium text-accent underline underline-offset-2"
              >
                {code}
              </a>
            )}{' '}
            <span className="font-semibold tabular-nums">× {count}</span>
          </p>
          <p className="text-xs text-soft tabular-nums">
            first {whenWords(firstAt)}, last {whenWords(lastAt)}, practice {practiceIds.join(', ')}
          </p>
          {when !== null && (
            <p className="mt-1">
              <Worded>{`Cause: ${when}.`}</Worded>
            </p>
          )}
          {remedy !== null && (
            <p>
              <Worded>{`To do: ${remedy}.`}</Worded>
            </p>
          )}
        </div>
        <div className="flex flex-wrap gap-2">
          <button
            type="button"
            aria-expanded={isOpen}
            onClick={() => setIsOpen(!isOpen)}
            className={quietButton}
          >
            {isOpen ? 'Hide' : 'Show'} each<span className="sr-only"> of {code}</span>
          </button>
          <button
            type="button"
            disabled={isUnderWay}
            onClick={() => setIsAsking(true)}
            className={secondaryButton}
          >
            Redrive all<span className="sr-only"> of {code}</span>
          </button>
        </div>
      </div>
      {progress !== undefined && (
        <RedriveStatus
          code={code}
          progress={progress}
          onStop={redriveAll.stop}
          onContinue={redriveAll.resume}
        />
      )}
      {isOpen && <Letters code={code} />}
      {isAsking && (
        <ConfirmDialog
          title={`Redrive ${count} of ${code}?`}
          action="Redrive"
          isPending={false}
          error={null}
          onConfirm={() => {
            setIsAsking(false)
            redriveAll.start(count)
          }}
          onClose={() => setIsAsking(false)}
        >
          <p>
            Each is queued and worked on again, in batches; you see how far it is, and can stop it.
            If the cause is still there, they fail again and come back to this list.
          </p>
        </ConfirmDialog>
      )}
    </li>
  )
}

function Letters({ code }: { code: string }) {
  const letters = useInfiniteQuery(operationsQueries.letters(code))
  const rows = letters.data?.pages.flatMap(({ items }) => items) ?? []
  if (letters.data === undefined)
    return letters.error === null ? (
      <Skeleton rows={2} />
    ) : (
      <Failure error={letters.error} onRetry={() => void letters.refetch()} />
    )
  return (
    <div className="mt-2">
      <ul
        aria-label={`Dead letters with ${code}`}
        className="divide-y divide-line rounded-lg bg-sunken"
      >
        {rows.map((letter) => (
          <Letter key={letter.deadLetterId} letter={letter} />
        ))}
      </ul>
      {letters.hasNextPage && (
        <button
          type="button"
          disabled={letters.isFetchingNextPage}
          onClick={() => void letters.fetchNextPage()}
          className={`${secondaryButton} mt-2`}
        >
          Show more
        </button>
      )}
    </div>
  )
}

function Letter({ letter }: { letter: DeadLetterView }) {
  const [isDismissing, setIsDismissing] = useState(false)
  const changed = useChanged()
  const redrive = useMutation({
    mutationFn: () => operationsActions.redrive(letter.deadLetterId),
    onSettled: changed,
  })
  const { encounterId, practiceId, kind, workItemId, attemptCount, failedAt, reason } = letter
  return (
    <li
      data-dead-letter={letter.deadLetterId}
      className="flex flex-wrap items-start gap-x-4 gap-y-1 px-3 py-2"
    >
      <div className="min-w-0 grow basis-64 [overflow-wrap:anywhere]">
        <p>
          <Link
            to="/operations"
            search={{ encounter: encounterId, practice: practiceId }}
            className="text-accent underline-offset-2 hover:underline"
          >
            {encounterId}
          </Link>{' '}
          <span className="text-xs text-soft">
            {workItemId === null ? '' : `${kind.replaceAll('_', '-')} of ${workItemId}, `}practice{' '}
            {practiceId}
          </span>
        </p>
        <p className="text-xs text-soft">{reason}</p>
        <p className="text-xs text-soft tabular-nums">
          {attemptCount === 1 ? '1 attempt' : `${attemptCount} attempts`}, failed{' '}
          {whenWords(failedAt)}
          {letter.history.length > 1 && `, ${letter.history.length} failures in all`}
        </p>
        {redrive.error !== null && <RequestFailure error={redrive.error} />}
      </div>
      <div className="flex gap-2">
        <button
          type="button"
          disabled={redrive.isPending}
          onClick={() => redrive.mutate()}
          className={secondaryButton}
        >
          Redrive<span className="sr-only"> {encounterId}</span>
        </button>
        <button type="button" onClick={() => setIsDismissing(true)} className={quietButton}>
          Dismiss<span className="sr-only"> {encounterId}</span>
        </button>
      </div>
      {isDismissing && (
        <DismissDialog letter={letter} onClose={() => setIsDismissing(false)} onDone={changed} />
      )}
    </li>
  )
}

function DismissDialog({
  letter,
  onClose,
  onDone,
}: {
  letter: DeadLetterView
  onClose: () => void
  onDone: () => Promise<unknown>
}) {
  const [note, setNote] = useState('')
  const [isMissing, setIsMissing] = useState(false)
  const dismiss = useMutation({ mutationFn: operationsActions.dismiss, onSuccess: onDone })
  return (
    <ConfirmDialog
      title={`Dismiss ${letter.encounterId}?`}
      action="Dismiss"
      isPending={dismiss.isPending}
      error={dismiss.error}
      onConfirm={() => {
        if (note.trim() === '') return setIsMissing(true)
        dismiss.mutate({ deadLetterId: letter.deadLetterId, note })
      }}
      onClose={onClose}
    >
      <p>
        It leaves this list and stays failed; its failures are kept. If it is processed again and
        fails, it comes back.
      </p>
      <label className="block">
        Why, for those who look later. No names of patients.
        <textarea
          rows={3}
          value={note}
          maxLength={maxDismissalNote}
          aria-invalid={isMissing}
          onChange={(event) => {
            setNote(event.target.value)
            setIsMissing(false)
          }}
          className={`${textInput} mt-1`}
        />
      </label>
      {isMissing && (
        <p role="alert" className="text-bad">
          Type a note first.
        </p>
      )}
    </ConfirmDialog>
  )
}
