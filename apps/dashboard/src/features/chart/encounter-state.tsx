import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { type ChartInEhr, type KnownChart, knownChart } from '../../api/chart.ts'
import { RequestFailed } from '../../api/client.ts'
import { watchEncounter } from '../../api/encounters.ts'
import { useIsConnected } from '../../connection/connection.ts'
import { primaryButton } from '../../ui/buttons.ts'
import { watchWords } from '../encounters/watch-words.ts'

type EncounterInEhr = ChartInEhr & { readonly encounterId: string }

/** Why an encounter has no orders, or not all; and the one button that helps. */
export function EncounterState({ chart, known }: { chart: EncounterInEhr; known: KnownChart }) {
  const { encounter } = known
  const watched = known.watched.find(({ encounterId }) => encounterId === chart.encounterId)
  const count = encounter?.workItems.filter(({ review }) => review !== 'superseded').length ?? 0
  if (encounter?.processing === 'processed')
    return count > 0 ? null : (
      <Said>
        AuthScript has read this encounter and found no order for which a form could be needed. When
        an order is added and the encounter is signed again, it is read again.
      </Said>
    )
  if (watched === undefined && encounter === undefined) return <NotWatched chart={chart} />
  if (watched !== undefined) {
    const { state, why } = watchWords(watched)
    return (
      <Said>
        <strong className="block font-medium">{state}</strong>
        {why}
        {watched.processing === null && watched.watch === 'open' && (
          <span className="mt-1 block text-soft">
            This page changes by itself; the orders appear here.
          </span>
        )}
        {watched.watch === 'ended' && encounter === undefined && (
          <Watch chart={chart} label="Watch it again" />
        )}
      </Said>
    )
  }
  return encounter?.processing === 'failed' ? (
    <Said>
      <strong className="block font-medium">Signed, could not be read</strong>
      {encounter.errorReason ?? 'The reason is not known.'}{' '}
      <Link to="/" search={{ view: 'failed' }} className="text-accent underline">
        Reprocess it from the work queue
      </Link>
    </Said>
  ) : (
    <Said>Signed, being read. The orders appear here.</Said>
  )
}

function NotWatched({ chart }: { chart: EncounterInEhr }) {
  return (
    <Said>
      <strong className="block font-medium">AuthScript does not watch this encounter</strong>
      {chart.patientId === undefined ? (
        <>
          The EHR did not name its patient, so it cannot be watched from here.{' '}
          <Link to="/encounters" className="text-accent underline">
            Register it by its ids
          </Link>
        </>
      ) : (
        <>
          When it is watched, it is read as soon as it is signed, and its orders appear here.
          <Watch chart={chart} label="Watch this encounter" />
        </>
      )}
    </Said>
  )
}

function Watch({ chart, label }: { chart: EncounterInEhr; label: string }) {
  const cache = useQueryClient()
  const isConnected = useIsConnected()
  const { practiceId, patientId = '', encounterId } = chart
  const watch = useMutation({
    mutationFn: () => watchEncounter({ practiceId, patientId, encounterId }),
    onSuccess: () => cache.invalidateQueries({ queryKey: knownChart(chart).queryKey }),
  })
  return (
    <span className="mt-3 block">
      <button
        type="button"
        disabled={watch.isPending || !isConnected}
        onClick={() => watch.mutate()}
        className={primaryButton}
      >
        {watch.isPending ? 'One moment…' : label}
      </button>
      {watch.error !== null && (
        <span role="alert" className="mt-2 block rounded-lg bg-bad-soft p-2.5 text-bad">
          {whyNot(watch.error)}
        </span>
      )}
    </span>
  )
}

function whyNot(error: Error): string {
  if (!(error instanceof RequestFailed)) return 'It could not be registered; try again.'
  const { code, status, detail, title } = error.problem
  if (status === 0) return 'The gateway cannot be reached. Try again.'
  if (code === 'registration_conflict') return 'This encounter is registered for another patient.'
  return `${detail ?? title}.`
}

function Said({ children }: { children: ReactNode }) {
  return (
    <div role="status" className="rounded-xl border border-line bg-panel p-4">
      {children}
    </div>
  )
}
