import { useQuery } from '@tanstack/react-query'
import { Search } from 'lucide-react'
import { useDeferredValue, useEffect, useState } from 'react'
import { queries } from '../../api/queries.ts'
import { Empty, Failure, Skeleton } from '../../ui/notice.tsx'
import { type Filter, joinRows, matchesFilter, matchesSearch } from './rows.ts'
import { columns, EncounterBlock } from './encounter-block.tsx'

const filters: readonly {
  readonly filter: Filter
  readonly label: string
  readonly hint: string
}[] = [
  { filter: 'all', label: 'All visits', hint: 'all signed visits' },
  { filter: 'ready', label: 'Ready for review', hint: 'chart meets the criteria' },
  { filter: 'attention', label: 'Needs attention', hint: 'open or unmet criteria' },
  { filter: 'progress', label: 'In progress', hint: 'being processed' },
  { filter: 'failed', label: 'Failed', hint: 'could not be processed' },
  { filter: 'done', label: 'Nothing to do', hint: 'no authorization needed' },
]

/** The live list of encounters and their orders. */
export function WorkQueuePage() {
  const encounters = useQuery(queries.encounters())
  const workItems = useQuery(queries.workItems())
  const [filter, setFilter] = useState<Filter>('all')
  const [text, setText] = useState('')
  const searched = useDeferredValue(text)

  const rows = joinRows(encounters.data?.items ?? [], workItems.data?.items ?? [])
  const attention = rows.filter(
    (row) => matchesFilter(row, 'ready') || matchesFilter(row, 'attention'),
  ).length
  useEffect(() => {
    document.title = attention === 0 ? 'AuthScript' : `(${attention}) AuthScript`
  }, [attention])

  const error = encounters.error ?? workItems.error
  const shown = rows.filter((row) => matchesFilter(row, filter) && matchesSearch(row, searched))
  return (
    <div className="space-y-6">
      <div className="flex items-end justify-between gap-6">
        <div>
          <h1 className="text-xl font-semibold tracking-tight">Work queue</h1>
          <p className="mt-0.5 text-soft">
            Signed visits and the authorization status of their orders.
          </p>
        </div>
        <label className="relative block w-80">
          <span className="sr-only">Search</span>
          <Search aria-hidden className="absolute top-2.5 left-3 size-4 text-soft" />
          <input
            type="search"
            value={text}
            onChange={(event) => setText(event.target.value)}
            placeholder="Visit, patient id, code, order"
            className="w-full rounded-lg border border-line bg-panel py-2 pr-3 pl-9"
          />
        </label>
      </div>

      <div role="tablist" aria-label="Filter" className="grid grid-cols-6 gap-3">
        {filters.map(({ filter: one, label, hint }) => (
          <button
            key={one}
            type="button"
            role="tab"
            aria-selected={filter === one}
            onClick={() => setFilter(one)}
            className="rounded-xl border border-line bg-panel p-4 text-left aria-selected:border-accent aria-selected:ring-1 aria-selected:ring-accent"
          >
            <span className="block text-2xl font-semibold tabular-nums">
              {rows.filter((row) => matchesFilter(row, one)).length}
            </span>
            <span className="block font-medium">{label}</span>
            <span className="block text-xs text-soft">{hint}</span>
          </button>
        ))}
      </div>

      {error !== null && (
        <Failure
          error={error}
          onRetry={() => void Promise.all([encounters.refetch(), workItems.refetch()])}
        />
      )}
      {encounters.isPending || workItems.isPending ? (
        <Skeleton rows={6} />
      ) : shown.length === 0 ? (
        <Empty title={rows.length === 0 ? 'No visit has been signed yet' : 'No matches'}>
          {rows.length === 0
            ? 'Registered visits appear as soon as they are signed in the EHR.'
            : 'No visit matches this filter and search.'}
        </Empty>
      ) : (
        <div className="overflow-hidden rounded-xl border border-line bg-panel">
          <div
            className={`${columns} border-b border-line bg-sunken px-5 py-2 text-xs font-medium tracking-wide text-soft uppercase`}
          >
            <span>Visit</span>
            <span>Order</span>
            <span>Policy</span>
            <span>Support</span>
            <span>Status</span>
            <span />
          </div>
          <ul>
            {shown.map((row) => (
              <EncounterBlock
                key={`${row.encounter.practiceId} ${row.encounter.encounterId}`}
                row={row}
              />
            ))}
          </ul>
        </div>
      )}
    </div>
  )
}
