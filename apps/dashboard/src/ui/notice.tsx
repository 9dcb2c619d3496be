import { TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { RequestFailed } from '../api/client.ts'

/** An error message with an optional retry button. */
export function Failure({ error, onRetry }: { error: Error; onRetry?: () => void }) {
  const detail =
    error instanceof RequestFailed || error.name === 'ScriptNotLoaded'
      ? error.message
      : 'This page could not be displayed.'
  return (
    <div
      role="alert"
      className="flex flex-wrap items-center gap-3 rounded-xl border border-line bg-bad-soft p-4 text-bad"
    >
      <TriangleAlert aria-hidden className="size-5 shrink-0" />
      <span className="min-w-48 grow basis-0">{detail}</span>
      {onRetry !== undefined && (
        <button
          type="button"
          onClick={onRetry}
          className="rounded-lg border border-current px-3 py-1.5 font-medium"
        >
          Try again
        </button>
      )}
    </div>
  )
}

export function Empty({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="rounded-xl border border-dashed border-line p-12 text-center">
      <p className="text-base font-medium">{title}</p>
      <p className="mt-1 text-soft">{children}</p>
    </div>
  )
}

export function Skeleton({ rows }: { rows: number }) {
  return (
    <div role="status" aria-busy="true" aria-label="Loading" className="space-y-2">
      {Array.from({ length: rows }, (_, index) => (
        <div key={index} className="h-14 animate-pulse rounded-xl bg-quiet-soft" />
      ))}
    </div>
  )
}
