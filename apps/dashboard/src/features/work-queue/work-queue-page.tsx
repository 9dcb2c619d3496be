import type { QueueRow, QueueSort, QueueView } from '@authscript/prior-auth'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { ArrowDown } from 'lucide-react'
import { useCallback, useEffect, useRef, useState } from 'react'
import { RequestFailed } from '../../api/client.ts'
import { queries } from '../../api/queries.ts'
import { assignOrders, type QueueSearch, queueQueries, undoAssignment } from '../../api/queue.ts'
import { useIsConnected } from '../../connection/connection.ts'
import { notify } from '../../ui/notify.ts'
import { Failure } from '../../ui/notice.tsx'
import { lazyPart } from '../../ui/lazy-part.tsx'
import { useTitle } from '../../ui/use-title.ts'
import { EncountersLine } from './encounters-line.tsx'
import { QueueSkeleton } from './queue-skeleton.tsx'
import { QueueTable, type Selection } from './queue-table.tsx'
import { QueueToolbar } from './queue-toolbar.tsx'
import { useMarks } from './use-marks.ts'
import { useQueueRows } from './use-queue-rows.ts'
import { viewLabels } from './view-labels.ts'
import { ViewLinks } from './view-links.tsx'

const EmptyQueuePart = lazyPart(
  async () => (await import('./empty-queue.tsx')).EmptyQueue,
  <div className="min-h-36" />,
)
const BulkBarPart = lazyPart(async () => (await import('./bulk-bar.tsx')).BulkBar)

/** The work queue: every order that somebody has to do something about, and the others. */
export function WorkQueuePage() {
  const search = useSearch({ from: '/signed-in/' })
  const navigate = useNavigate({ from: '/' })
  const summary = useQuery(queueQueries.summary())
  const counts = summary.data?.views
  // A person who has orders begins with them, and everybody else with what is open.
  const firstView: QueueView | undefined =
    counts === undefined
      ? summary.isError
        ? 'open'
        : undefined
      : counts.mine > 0
        ? 'mine'
        : 'open'
  const view = search.view ?? firstView
  useEffect(() => {
    if (search.view === undefined && firstView !== undefined)
      void navigate({
        search: (before) => ({ ...before, view: firstView }),
        replace: true,
        resetScroll: false,
      })
  }, [search.view, firstView, navigate])
  const change = useCallback(
    (part: Partial<QueueSearch>, isTyping = false) =>
      void navigate({ search: (before) => ({ ...before, ...part }), replace: isTyping }),
    [navigate],
  )
  const count = view === undefined ? undefined : counts?.[view]
  useTitle(
    view === undefined
      ? 'Work queue'
      : `${viewLabels[view]}${count === undefined ? '' : ` (${count})`}, work queue`,
  )
  return (
    <div className="space-y-3">
      <h1 className="text-xl font-semibold tracking-tight outline-none">Work queue</h1>
      <ViewLinks search={search} view={view} counts={counts} />
      <QueueToolbar search={search} summary={summary.data} change={change} />
      <EncountersLine encounters={summary.data?.encounters} />
      {view === undefined ? (
        <QueueSkeleton />
      ) : (
        <Orders
          search={{ ...search, view }}
          owners={summary.data?.owners ?? []}
          openCount={counts?.open ?? 0}
          change={change}
        />
      )}
    </div>
  )
}

/** Far from the beginning, rows that arrive would move the ones on the screen. */
const atBeginningPx = 120

function Orders({
  search,
  owners,
  openCount,
  change,
}: {
  readonly search: QueueSearch & { readonly view: QueueView }
  readonly owners: readonly string[]
  readonly openCount: number
  readonly change: (part: Partial<QueueSearch>) => void
}) {
  const queue = useQueueRows(search)
  const session = useQuery(queries.session())
  const isConnected = useIsConnected()
  const [selection, setSelection] = useState<Selection>({})
  const area = useRef<HTMLDivElement>(null)
  const marks = useMarks(queue.rows)
  const selectedIds = Object.keys(selection).filter((id) => selection[id] === true)
  const selectedRows = queue.rows.filter(({ workItemId }) => selection[workItemId] === true)
  const toSend = selectedRows.every(({ stage }) => stage === 'to_send') ? selectedRows : []
  const updateCount = queue.arrivedIds.size + queue.goneIds.size

  const { apply: showLatest, arrivedIds } = queue
  const { markNew } = marks
  const apply = useCallback(() => {
    markNew(arrivedIds)
    showLatest()
  }, [markNew, arrivedIds, showLatest])
  const isEmpty = queue.rows.length === 0
  const hasSelection = selectedIds.length > 0
  useEffect(() => {
    if (updateCount === 0) return
    const isUsed =
      area.current?.matches(':hover, :focus-within') === true ||
      hasSelection ||
      window.scrollY > atBeginningPx ||
      !matchMedia('(hover: hover)').matches
    // Nobody points at a row that could move away.
    if (isEmpty || !isUsed) apply()
  }, [updateCount, isEmpty, hasSelection, apply])

  const searchKey = JSON.stringify(search)
  useEffect(() => setSelection({}), [searchKey])

  async function assign(owner: string | null): Promise<void> {
    const ids = new Set(selectedIds)
    try {
      const changed = await assignOrders([...ids], owner)
      setSelection({})
      giveTo(ids, () => owner)
      const count = changed.length === 1 ? '1 order' : `${changed.length} orders`
      await notify(
        owner === null ? `Owner removed from ${count}` : `${count} assigned to ${owner}`,
        {
          label: 'Undo',
          run: () => void undo(changed),
        },
      )
    } catch (error) {
      await notify(wordsFor(error, 'The orders could not be assigned.'))
    }
  }

  async function undo(changed: Awaited<ReturnType<typeof assignOrders>>): Promise<void> {
    const before = new Map(changed.map((one) => [one.workItemId, one.previousOwner]))
    try {
      await undoAssignment(changed)
      giveTo(new Set(before.keys()), (id) => before.get(id) ?? null)
    } catch (error) {
      await notify(wordsFor(error, 'The assignment could not be undone.'))
    }
  }

  function giveTo(ids: ReadonlySet<string>, ownerOf: (id: string) => string | null): void {
    const changeRow = (row: QueueRow): QueueRow => ({ ...row, owner: ownerOf(row.workItemId) })
    for (const row of queue.rows) if (ids.has(row.workItemId)) marks.see(changeRow(row))
    queue.change(ids, changeRow)
  }

  const sortBy = (sort: QueueSort) => {
    const isSorted = (search.sort ?? 'due') === sort
    change({ sort, direction: isSorted && search.direction !== 'desc' ? 'desc' : undefined })
  }

  if (queue.isPending) return <QueueSkeleton view={search.view} />
  if (queue.error !== null && isEmpty) return <Failure error={queue.error} onRetry={queue.retry} />
  return (
    <div ref={area}>
      <div className="flex h-8 items-center gap-3 text-soft">
        <span role="status">
          {queue.total === 1 ? '1 order' : `${(queue.total ?? 0).toLocaleString('en-US')} orders`}
        </span>
        {updateCount > 0 && (
          <button
            type="button"
            data-updates
            onClick={() => {
              apply()
              window.scrollTo({ top: 0 })
            }}
            className="inline-flex items-center gap-1 rounded-full bg-accent px-3 py-1 text-xs font-medium text-panel max-[899px]:fixed max-[899px]:top-16 max-[899px]:left-1/2 max-[899px]:z-20 max-[899px]:-translate-x-1/2"
          >
            <ArrowDown aria-hidden className="size-3.5 rotate-180" />
            {updateCount === 1 ? '1 update' : `${updateCount} updates`}
          </button>
        )}
      </div>
      {isEmpty ? (
        <EmptyQueuePart search={search} openCount={openCount} />
      ) : (
        <QueueTable
          rows={queue.rows}
          total={queue.total ?? queue.rows.length}
          search={search}
          selection={selection}
          goneIds={queue.goneIds}
          hasMore={queue.hasMore && !queue.hasFailedToReadOn}
          isChanging={queue.isChanging}
          onSelect={setSelection}
          onSort={sortBy}
          onNearEnd={queue.readOn}
          markOf={marks.markOf}
          onSeen={marks.see}
        />
      )}
      {queue.hasFailedToReadOn && queue.error !== null && (
        <Failure error={queue.error} onRetry={queue.readOn} />
      )}
      {hasSelection && (
        <BulkBarPart
          count={selectedIds.length}
          toSend={toSend}
          person={session.data?.label ?? ''}
          owners={owners}
          isDisabled={!isConnected}
          onAssign={(owner) => void assign(owner)}
          onClear={() => setSelection({})}
        />
      )}
    </div>
  )
}

const wordsFor = (error: unknown, otherwise: string): string =>
  error instanceof RequestFailed ? error.message : otherwise
