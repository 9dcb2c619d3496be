import { useMedia } from '../../ui/use-media.ts'
import type { QueueView } from '@authscript/prior-auth'
import { rowHeightOf, wide } from './queue-table.tsx'

/** The queue before its rows are there, in its final size. */
export function QueueSkeleton({ view = 'open' }: { view?: QueueView }) {
  const height = rowHeightOf(useMedia(wide), view)
  return (
    <div role="status" aria-busy="true" aria-label="Loading">
      <div className="h-8" />
      <div className="overflow-hidden rounded-xl border border-line bg-panel">
        <div className="h-[2.6rem] border-b border-line bg-sunken" />
        {Array.from({ length: 8 }, (_, index) => (
          <div key={index} style={{ height }} className="border-b border-line p-4 last:border-b-0">
            <div className="h-full animate-pulse rounded-lg bg-quiet-soft" />
          </div>
        ))}
      </div>
    </div>
  )
}
