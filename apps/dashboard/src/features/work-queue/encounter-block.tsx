import type { EncounterView, WorkItemSummary } from '@authscript/prior-auth'
import { Link } from '@tanstack/react-router'
import { ChevronRight, RotateCcw } from 'lucide-react'
import { type Step, useStep } from '../../api/event-stream.ts'
import { useReprocess } from '../../api/queries.ts'
import { ProcessingBadge, ReviewBadge } from '../../ui/badge.tsx'
import { Moment } from '../../ui/relative-time.tsx'
import { Support } from '../../ui/support.tsx'
import type { QueueRow } from './rows.ts'

export const columns =
  'grid grid-cols-[minmax(200px,1.1fr)_minmax(220px,1.8fr)_minmax(150px,1fr)_130px_180px_28px] items-center gap-4'

const stepWords: Record<Step, string> = {
  queued: 'Queued',
  reading: 'Reading the chart',
  judging: 'Checking criteria',
  filling: 'Filling the form',
  recording: 'Recording',
}

/** One visit: a line for each of its orders, or one that says why there is none. */
export function VisitBlock({ row: { encounter, items } }: { row: QueueRow }) {
  return (
    <li
      className="arriving border-b border-line last:border-b-0"
      data-encounter={encounter.encounterId}
    >
      {items.length === 0 ? (
        <StatusLine encounter={encounter} />
      ) : (
        items.map((item, index) => (
          <ItemLine
            key={item.workItemId}
            item={item}
            encounter={index === 0 ? encounter : undefined}
          />
        ))
      )}
    </li>
  )
}

function ItemLine({
  item,
  encounter,
}: {
  item: WorkItemSummary
  encounter: EncounterView | undefined
}) {
  return (
    <Link
      to="/work-items/$workItemId"
      params={{ workItemId: item.workItemId }}
      className={`${columns} group px-5 py-3 hover:bg-sunken`}
      data-work-item={item.workItemId}
    >
      {encounter === undefined ? (
        <span className="pl-12 text-soft">same visit</span>
      ) : (
        <Who encounter={encounter} />
      )}
      <span className="min-w-0">
        <span className="block truncate font-medium">
          {item.orderDescription ?? 'Order without a description'}
        </span>
        <span className="font-mono text-xs text-soft">
          {item.procedureCode ?? 'no procedure code'}
        </span>
      </span>
      <span className="truncate text-soft">{item.policyTitle ?? 'none'}</span>
      <Support value={item.confidence} />
      <span>
        <ReviewBadge review={item.review} needsDecision={item.needsDecision} />
      </span>
      <ChevronRight
        aria-hidden
        className="size-4 text-soft transition group-hover:translate-x-0.5"
      />
    </Link>
  )
}

function StatusLine({ encounter }: { encounter: EncounterView }) {
  const step = useStep(encounter.encounterId)
  const isUnderWay = encounter.processing !== 'processed' && encounter.processing !== 'failed'
  return (
    <div className={`${columns} px-5 py-3`}>
      <Who encounter={encounter} />
      <span className="col-span-3 min-w-0 text-soft">
        {encounter.processing === 'failed' ? (
          <>
            <span className="font-mono text-xs text-bad">{encounter.errorCode}</span>
            <span className="block">{encounter.errorReason}</span>
          </>
        ) : isUnderWay ? (
          'The visit was signed; its orders appear here in a moment.'
        ) : (
          'No order of this visit needs prior authorization.'
        )}
      </span>
      <span>
        <ProcessingBadge
          processing={encounter.processing}
          {...(isUnderWay && step !== undefined ? { label: stepWords[step] } : {})}
        />
      </span>
      {encounter.processing === 'failed' ? <Reprocess encounter={encounter} /> : <span />}
    </div>
  )
}

function Reprocess({ encounter }: { encounter: EncounterView }) {
  const reprocess = useReprocess()
  return (
    <button
      type="button"
      aria-label={`Process ${encounter.encounterId} again`}
      title="Process again"
      disabled={reprocess.isPending}
      onClick={() => reprocess.mutate(encounter)}
      className="rounded-lg p-1.5 text-soft hover:bg-quiet-soft hover:text-ink"
    >
      <RotateCcw aria-hidden className="size-4" />
    </button>
  )
}

function Who({ encounter }: { encounter: EncounterView }) {
  return (
    <span className="flex min-w-0 items-center gap-3">
      <span
        aria-hidden
        className="grid size-9 shrink-0 place-items-center rounded-full bg-accent-soft text-xs font-semibold text-accent"
      >
        {encounter.patientInitials ?? '··'}
      </span>
      <span className="min-w-0">
        <span className="block truncate font-mono text-xs" title={encounter.encounterId}>
          {encounter.encounterId.replace(/^a-\d+\./, '')}
        </span>
        <span className="text-xs">
          <Moment time={encounter.detectedAt} />
        </span>
      </span>
    </span>
  )
}
