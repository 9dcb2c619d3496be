import { useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { auditEntries, auditFileUrl } from '../../api/audit.ts'
import { secondaryButton } from '../../ui/buttons.ts'
import { Empty, Failure, Skeleton } from '../../ui/notice.tsx'
import { useTitle } from '../../ui/use-title.ts'
import { AuditFilters } from './audit-filters.tsx'
import { AuditRows } from './audit-rows.tsx'

/** Who did what, and who saw a patient. */
export function AuditPage() {
  useTitle('Audit')
  const search = useSearch({ from: '/signed-in/audit' })
  const navigate = useNavigate()
  const trail = useInfiniteQuery(auditEntries(search))
  const rows = trail.data?.pages.flatMap(({ items }) => items) ?? []
  const key = JSON.stringify(search)
  return (
    <div className="space-y-4">
      <div className="flex flex-wrap items-center gap-2">
        <h1 className="grow text-xl font-semibold">
          {search.patient === undefined ? 'Audit' : `Who saw patient ${search.patient}`}
        </h1>
        <button
          type="button"
          disabled={trail.isFetching}
          onClick={() => void trail.refetch()}
          className={secondaryButton}
        >
          Refresh
        </button>
        <a href={auditFileUrl(search, 'csv')} download className={secondaryButton}>
          Save as CSV
        </a>
        <a href={auditFileUrl(search, 'ndjson')} download className={secondaryButton}>
          Save as FHIR
        </a>
      </div>
      <AuditFilters
        key={key}
        search={search}
        onSearch={(wanted) => void navigate({ to: '/audit', search: wanted })}
      />
      {trail.error !== null && <Failure error={trail.error} onRetry={() => void trail.refetch()} />}
      {trail.data === undefined ? (
        trail.error === null && <Skeleton rows={8} />
      ) : rows.length === 0 ? (
        <Empty title="Nothing matches.">Use fewer filters, or an earlier time.</Empty>
      ) : (
        <AuditRows rows={rows} />
      )}
      {trail.hasNextPage && (
        <button
          type="button"
          disabled={trail.isFetchingNextPage}
          onClick={() => void trail.fetchNextPage()}
          className={secondaryButton}
        >
          {trail.isFetchingNextPage ? 'Loading…' : 'Show more'}
        </button>
      )}
    </div>
  )
}
