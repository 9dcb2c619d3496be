import type { RegistrationView } from '@authscript/prior-auth'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { watchedEncounters } from '../../api/encounters.ts'
import { queries } from '../../api/queries.ts'
import { Empty, Failure, Skeleton } from '../../ui/notice.tsx'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { useTitle } from '../../ui/use-title.ts'
import { secondaryButton } from '../../ui/buttons.ts'
import { RegisterForm } from './register-form.tsx'
import { WatchControl } from './watch-control.tsx'
import { type WatchTone, watchWords } from './watch-words.ts'

/** Which encounters are watched, how far each is, and why one is not read. */
export function EncountersPage() {
  useTitle('Encounters')
  const session = useQuery(queries.session())
  const watched = useInfiniteQuery(watchedEncounters())
  const { data, hasNextPage, isFetching, isFetchNextPageError, fetchNextPage } = watched
  const [wantedPages, setWantedPages] = useState(1)
  // A live change reads the list again and aborts a request for a page that is in progress, so that request is repeated.
  const isPageMissing =
    data !== undefined && data.pages.length < wantedPages && hasNextPage && !isFetchNextPageError
  useEffect(() => {
    if (isPageMissing && !isFetching) void fetchNextPage()
  }, [isPageMissing, isFetching, fetchNextPage])
  const practiceIds = session.data?.practiceIds ?? []
  const rows = watched.data?.pages.flatMap(({ items }) => items) ?? []
  return (
    <div className="space-y-4">
      <h1 className="text-xl font-semibold">Encounters</h1>
      {practiceIds.length > 0 && <RegisterForm practiceIds={practiceIds} />}
      {watched.error !== null && (
        <Failure error={watched.error} onRetry={() => void watched.refetch()} />
      )}
      {watched.data === undefined ? (
        watched.error === null && <Skeleton rows={6} />
      ) : rows.length === 0 ? (
        <Empty title="No encounter is watched.">
          Register one above, or let the scheduling system do it.
        </Empty>
      ) : (
        <>
          <ul
            aria-label="Watched encounters"
            className="divide-y divide-line rounded-xl border border-line bg-panel"
          >
            {rows.map((row) => (
              <Watched
                key={`${row.practiceId} ${row.encounterId}`}
                encounter={row}
                isOfSeveral={practiceIds.length > 1}
              />
            ))}
          </ul>
          {hasNextPage && (
            <button
              type="button"
              disabled={isPageMissing}
              onClick={() => {
                setWantedPages((data?.pages.length ?? 0) + 1)
                if (isFetchNextPageError) void fetchNextPage()
              }}
              className={secondaryButton}
            >
              {isPageMissing ? 'Loading…' : 'Show more'}
            </button>
          )}
        </>
      )}
    </div>
  )
}

const tones: Readonly<Record<WatchTone, string>> = {
  good: 'bg-good-soft text-good',
  warn: 'bg-warn-soft text-warn',
  bad: 'bg-bad-soft text-bad',
  quiet: 'bg-quiet-soft text-quiet',
}

function Watched({
  encounter,
  isOfSeveral,
}: {
  encounter: RegistrationView
  isOfSeveral: boolean
}) {
  const { state, tone, why } = watchWords(encounter)
  const { encounterId, patientId, practiceId, lastPolledAt, nextPollAt, endedAt } = encounter
  return (
    <li
      data-watched={encounterId}
      className="grid grid-cols-[minmax(0,2fr)_minmax(0,3fr)_minmax(0,2fr)_8rem] gap-x-4 gap-y-1 px-4 py-2.5 max-[700px]:grid-cols-1"
    >
      <span className="min-w-0">
        <span className="block font-medium break-all">{encounterId}</span>
        <span className="block text-xs break-all text-soft">
          patient {patientId}
          {isOfSeveral && `, practice ${practiceId}`}
        </span>
      </span>
      <span className="min-w-0">
        <span
          className={`inline-block rounded-full px-2.5 py-0.5 text-xs font-medium ${tones[tone]}`}
        >
          {state}
        </span>
        {why !== undefined && <span className="mt-0.5 block break-words">{why}</span>}
      </span>
      <span className="text-xs text-soft">
        <span className="block">
          Last checked: {lastPolledAt === null ? 'never' : <RelativeTime time={lastPolledAt} />}
        </span>
        <span className="block">
          {nextPollAt !== null
            ? `Next: ${nextWords(nextPollAt)}`
            : endedAt === null
              ? 'Next: none'
              : `Ended: ${timeFormat.format(new Date(endedAt))}`}
        </span>
      </span>
      <WatchControl encounter={encounter} />
    </li>
  )
}

const timeFormat = new Intl.DateTimeFormat('en-US', {
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
})

const nextWords = (time: string) => `from ${timeFormat.format(new Date(time))}`
