import type { WatchedView } from '@authscript/prior-auth'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { operationsQueries } from '../../api/operations.ts'
import { secondaryButton } from '../../ui/buttons.ts'
import { Failure, Skeleton } from '../../ui/notice.tsx'
import { Panel } from './panel.tsx'
import { agoWords, whenWords } from './times.ts'

/** Which encounters are watched, when each was last asked for, and what went wrong. */
export function Watched() {
  const { failing, ...search } = useSearch({ from: '/signed-in/operations' })
  const navigate = useNavigate()
  const isFailingOnly = failing === true
  const watched = useInfiniteQuery(operationsQueries.watched(isFailingOnly))
  const rows = watched.data?.pages.flatMap(({ items }) => items) ?? []
  return (
    <Panel
      title="Watched encounters"
      aside={
        <label className="flex items-center gap-2 text-xs">
          <input
            type="checkbox"
            checked={isFailingOnly}
            onChange={(event) =>
              void navigate({
                to: '/operations',
                search: { ...search, ...(event.target.checked ? { failing: true } : {}) },
                resetScroll: false,
                replace: true,
              })
            }
            className="size-4 accent-accent"
          />
          only with an error
        </label>
      }
    >
      {watched.data === undefined ? (
        watched.error === null ? (
          <Skeleton rows={3} />
        ) : (
          <Failure error={watched.error} onRetry={() => void watched.refetch()} />
        )
      ) : rows.length === 0 ? (
        <p className="px-4 py-3 text-soft">
          {isFailingOnly ? 'None has an error.' : 'None is watched.'}
        </p>
      ) : (
        <ul
          aria-label="Watched encounters"
          tabIndex={0}
          className="max-h-96 divide-y divide-line overflow-y-auto"
        >
          {rows.map((row) => (
            <Row key={`${row.practiceId} ${row.encounterId}`} row={row} />
          ))}
          {watched.hasNextPage && (
            <li className="p-3">
              <button
                type="button"
                disabled={watched.isFetchingNextPage}
                onClick={() => void watched.fetchNextPage()}
                className={secondaryButton}
              >
                Show more
              </button>
            </li>
          )}
        </ul>
      )}
    </Panel>
  )
}

function Row({ row }: { row: WatchedView }) {
  return (
    <li
      data-watched={row.encounterId}
      className="grid grid-cols-[minmax(0,2fr)_minmax(0,1fr)_minmax(0,1fr)] gap-x-4 px-4 py-2 text-xs max-[620px]:grid-cols-1"
    >
      <span className="[overflow-wrap:anywhere]">
        <Link
          to="/operations"
          search={{ encounter: row.encounterId, practice: row.practiceId }}
          className="text-accent underline-offset-2 hover:underline"
        >
          {row.encounterId}
        </Link>{' '}
        <span className="text-soft">practice {row.practiceId}</span>
      </span>
      <span>
        {row.encounterStatus ?? 'unknown'}
        {row.watch === 'ended' && ', no longer watched'}
        {row.code !== null && (
          <a
            href={`/docs/errors#${row.code}`}
            target="_blank"
            rel="noreferrer"
            className="block text-bad underline underline-offset-2"
          >
            {row.code}
          </a>
        )}
      </span>
      <span className="text-soft tabular-nums">
        {row.lastPolledAt === null ? 'never polled' : `polled ${agoWords(row.lastPolledAt)}`}
        {row.nextPollAt !== null && `, next ${whenWords(row.nextPollAt)}`}
      </span>
    </li>
  )
}
