import type { EncounterView, WorkItemSummary } from '@authscript/prior-auth'
import { Link } from '@tanstack/react-router'
import { ChevronRight, RotateCcw } from 'lucide-react'
import { type ProcessingStep, useStep } from '../../api/event-stream.ts'
import { useReprocess } from '../../api/queries.ts'
import { ProcessingBadge, ReviewBadge } from '../../ui/badge.tsx'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { Support } from '../../ui/support.tsx'
import type { QueueRow } from './rows.ts'

export const columns =
  'grid grid-cols-[minmax(200px,1.1fr)_minmax(220px,1.8fr)_minmax(150px,1fr)_130px_180px_28px] items-center gap-4'

const stepLabels: Record<ProcessingStep, string> = {
  queued: 'Queued',
  reading: 'Reading the chart',
  assessing: 'Checking criteria',
  filling: 'Filling the form',
  recording: 'Recording',
}

/** One encounter: a line for each of its orders, or one line with its status. */
export function EncounterBlock({ row: { encounter, items } }: { row: QueueRow }) {
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
        <PatientCell encounter={encounter} />
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
  const isInProgress = encounter.processing !== 'processed' && encounter.processing !== 'failed'
  return (
    <div className={`${columns} px-5 py-3`}>
      <PatientCell encounter={encounter} />
      <span className="col-span-3 min-w-0 text-soft">
        {encounter.processing === 'failed' ? (
          <>
            <span className="font-mono text-xs text-bad">{encounter.errorCode}</span>
            <span className="block">{encounter.errorReason}</span>
          </>
        ) : isInProgress ? (
          'The visit was signed. Its orders will appear here shortly.'
        ) : (
          'No order of this visit needs prior authorization.'
        )}
      </span>
      <span>
        <ProcessingBadge
          processing={encounter.processing}
          {...(isInProgress && step !== undefined ? { label: stepLabels[step] } : {})}
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

function PatientCell({ encounter }: { encounter: EncounterView }) {
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
          <RelativeTime time={encounter.detectedAt} />
        </span>
      </span>
    </span>
  )
}
