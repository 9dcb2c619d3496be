import { useQuery } from '@tanstack/react-query'
import { Link, useSearch } from '@tanstack/react-router'
import { type ChartInEhr, knownChart } from '../../api/chart.ts'
import { Failure, Skeleton } from '../../ui/notice.tsx'
import { useTitle } from '../../ui/use-title.ts'
import { EncounterState } from './encounter-state.tsx'
import { OrderList } from './order-list.tsx'
import { PatientEncounters } from './patient-encounters.tsx'

/** What an EHR had on its screen when it opened us: the orders of the encounter, or why there are none, and what to do. */
export function ChartPage() {
  const search = useSearch({ from: '/signed-in/chart' })
  useTitle(search.encounterId === undefined ? 'Patient' : 'Encounter')
  const { practiceId } = search
  if (practiceId === undefined)
    return (
      <p>
        The address names no practice.{' '}
        <Link to="/" className="text-accent underline">
          To the work queue
        </Link>
      </p>
    )
  const { patientId, encounterId } = search
  return <Chart chart={{ practiceId, patientId, encounterId }} />
}

function Chart({ chart }: { chart: ChartInEhr }) {
  const { data, error, refetch } = useQuery(knownChart(chart))
  const { encounterId, patientId } = chart
  return (
    <div className="mx-auto max-w-2xl space-y-4">
      <div>
        <h1 className="text-xl font-semibold">
          {encounterId === undefined ? 'This patient' : 'This encounter'}
        </h1>
        <p className="text-xs break-all text-soft">
          {encounterId !== undefined && `encounter ${encounterId}`}
          {encounterId !== undefined && patientId !== undefined && ', '}
          {patientId !== undefined && `patient ${patientId}`}
        </p>
      </div>
      {error !== null && <Failure error={error} onRetry={() => void refetch()} />}
      {data === undefined ? (
        error === null && <Skeleton rows={3} />
      ) : encounterId === undefined ? (
        <PatientEncounters watched={data.watched} />
      ) : (
        <>
          {data.encounter !== undefined && <OrderList encounter={data.encounter} />}
          <EncounterState chart={{ ...chart, encounterId }} known={data} />
        </>
      )}
      <Link to="/" className="inline-block text-accent underline">
        All orders of the practice
      </Link>
    </div>
  )
}
