import type { EncounterView } from '@authscript/prior-auth'
import { useQuery } from '@tanstack/react-query'
import { RotateCcw } from 'lucide-react'
import { useReprocess } from '../../api/reprocess.ts'
import { queueQueries } from '../../api/queue.ts'
import { useIsConnected } from '../../connection/connection.ts'
import { useStep } from '../../frame/progress.ts'
import { ProcessingBadge } from '../../ui/badge.tsx'
import { Failure, Skeleton } from '../../ui/notice.tsx'
import { RelativeTime } from '../../ui/relative-time.tsx'

/** Encounters that are being read, or could not be, and what happened to them. */
export function EncounterList() {
  const encounters = useQuery(queueQueries.encounters())
  if (encounters.data === undefined)
    return encounters.error === null ? (
      <Skeleton rows={2} />
    ) : (
      <Failure error={encounters.error} onRetry={() => void encounters.refetch()} />
    )
  return (
    <ul className="mt-1 mb-2 max-h-80 divide-y divide-line overflow-y-auto rounded-xl border border-line bg-panel">
      {encounters.data.map((encounter) => (
        <Encounter key={`${encounter.practiceId} ${encounter.encounterId}`} encounter={encounter} />
      ))}
      {encounters.data.length === 0 && <li className="px-4 py-3 text-soft">None.</li>}
    </ul>
  )
}

function Encounter({ encounter }: { encounter: EncounterView }) {
  const { encounterId, patientInitials, processing, detectedAt, errorCode, failure } = encounter
  const step = useStep(encounterId)
  return (
    <li
      className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2.5"
      data-encounter={encounterId}
    >
      <span className="w-10 font-medium">{patientInitials ?? '··'}</span>
      <RelativeTime time={detectedAt} />
      <span className="min-w-48 grow basis-0">
        {processing === 'failed' ? (
          <>
            {failure?.what ?? 'It could not be read.'}{' '}
            <span className="text-soft">{failure?.remedy}</span>{' '}
            <span className="font-mono text-xs text-soft">{errorCode}</span>
          </>
        ) : (
          <span className="text-soft">
            {failure === null
              ? 'Its orders will appear in the queue.'
              : `The last attempt failed and will be repeated: ${failure.what}`}
          </span>
        )}
      </span>
      <ProcessingBadge
        processing={processing}
        {...(processing === 'running' && step !== undefined ? { label: step } : {})}
      />
      {processing === 'failed' && <Reprocess encounter={encounter} />}
    </li>
  )
}

function Reprocess({ encounter }: { encounter: EncounterView }) {
  const reprocess = useReprocess()
  const isConnected = useIsConnected()
  return (
    <>
      <button
        type="button"
        disabled={reprocess.isPending || !isConnected}
        onClick={() => reprocess.mutate(encounter)}
        className="inline-flex items-center gap-1.5 rounded-lg border border-edge px-2.5 py-1 font-medium enabled:hover:bg-sunken disabled:text-soft"
      >
        <RotateCcw aria-hidden className="size-4" /> Reprocess
      </button>
      {reprocess.error !== null && <Failure error={reprocess.error} />}
    </>
  )
}
