import { auditEntryView, pageOf } from '@authscript/prior-auth'
import { infiniteQueryOptions } from '@tanstack/react-query'
import { sendRequest } from './client.ts'

/** The filters of the audit trail, as in the URL of the page. Days are days of this browser, both included. */
export interface AuditSearch {
  readonly patient?: string | undefined
  readonly encounter?: string | undefined
  readonly workItem?: string | undefined
  readonly person?: string | undefined
  readonly action?: string | undefined
  readonly outcome?: string | undefined
  readonly from?: string | undefined
  readonly to?: string | undefined
}

const pageSize = 50

export const auditEntries = (search: AuditSearch) =>
  infiniteQueryOptions({
    queryKey: ['audit', search],
    queryFn: ({ pageParam, signal }) => {
      const params = paramsOf(search)
      params.set('limit', String(pageSize))
      if (pageParam !== null) params.set('cursor', pageParam)
      return sendRequest(`/api/audit?${params.toString()}`, pageOf(auditEntryView), { signal })
    },
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    // Each reading is a row of the trail, so only a person refreshes it.
    staleTime: Infinity,
    refetchOnWindowFocus: false,
  })

export function auditFileUrl(search: AuditSearch, format: 'csv' | 'ndjson'): string {
  return `/api/audit.${format}?${paramsOf(search).toString()}`
}

function paramsOf({ from, to, ...exact }: AuditSearch): URLSearchParams {
  const params = new URLSearchParams()
  for (const [name, value] of Object.entries(exact))
    if (value !== undefined && value !== '') params.set(name, value)
  const begin = startOf(from, 0)
  const end = startOf(to, 1)
  if (begin !== undefined) params.set('from', begin)
  if (end !== undefined) params.set('to', end)
  return params
}

/** The moment at which a day begins here, some days later. */
function startOf(day: string | undefined, later: number): string | undefined {
  const [, year, month, date] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day ?? '') ?? []
  if (year === undefined || month === undefined || date === undefined) return undefined
  return new Date(Number(year), Number(month) - 1, Number(date) + later).toISOString()
}
