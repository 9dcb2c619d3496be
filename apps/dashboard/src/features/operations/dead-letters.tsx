import {
  type DeadLetterGroup,
  type DeadLetterView,
  maxDismissalNote,
  type OperationsView,
  type RedriveView,
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
import { whenWords } from './times.ts'
import { Worded } from './worded.tsx'

/** What failed after the last retry, by its code: the cause and the remedy are the same for all of a code. */
export function DeadLetters({
  deadLetters,
  redrives,
}: Pick<OperationsView, 'deadLetters' | 'redrives'>) {
  const { count, groups } = deadLetters
  const isListed = (code: string) => groups.some((group) => group.code === code)
  const others = redrives.filter(({ code }) => !isListed(code))
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
            <Group
              key={group.code}
              group={group}
              redrive={redrives.find(({ code }) => code === group.code)}
            />
          ))}
        </ul>
      )}
      {others.map((redrive) => (
        <div key={redrive.redriveId} className="border-t border-line px-4 py-3">
          <code className="font-mono font-medium">{redrive.code}</code>
          <RedriveStatus redrive={redrive} />
        </div>
      ))}
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

function Group({ group, redrive }: { group: DeadLetterGroup; redrive: RedriveView | undefined }) {
  const [isOpen, setIsOpen] = useState(false)
  const [isAsking, setIsAsking] = useState(false)
  const changed = useChanged()
  const redriveAll = useMutation({
    mutationFn: () => operationsActions.redriveAll(group.code),
    onSuccess: () => setIsAsking(false),
    onSettled: changed,
  })
  const isUnderWay = redrive?.state === 'running' || redrive?.state === 'stopping'
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
      {redrive !== undefined && <RedriveStatus redrive={redrive} />}
      {isOpen && <Letters code={code} />}
      {isAsking && (
        <ConfirmDialog
          title={`Redrive ${count} of ${code}?`}
          action="Redrive"
          isPending={redriveAll.isPending}
          error={redriveAll.error}
          onConfirm={() => redriveAll.mutate()}
          onClose={() => setIsAsking(false)}
        >
          <p>
            Each is queued and worked on again, one after the other. It continues when you leave
            this page; here you see how far it is, and can stop it. If the cause is still there,
            they fail again and come back to this list.
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
