import { refused } from './launch-errors.ts'

/** The chart that the EHR shows. */
export interface ChartContext {
  readonly practiceId: string
  readonly patientId: string | undefined
  readonly encounterId: string | undefined
}

/** The page that a person from the EHR sees first. */
export type Landing =
  | { readonly page: 'order'; readonly workItemId: string }
  | {
      readonly page: 'chart'
      readonly practiceId: string
      readonly patientId: string | undefined
      readonly encounterId: string | undefined
    }
  | { readonly page: 'queue' }

/** What is known of encounters. */
export interface KnownCharts {
  /** The practices and patients with this encounter, admitted or only watched. */
  encounters(
    encounterId: string,
  ): Promise<readonly { readonly practiceId: string; readonly patientId: string }[]>
  practicesOfPatient(patientId: string): Promise<readonly string[]>
  /** The ids of the encounter's orders that are not superseded. */
  orders(practiceId: string, encounterId: string): Promise<readonly string[]>
}

/**
 * Finds what to open. A context that contradicts what we know is refused: the chart of another patient must not be shown as this one's.
 *
 * @throws {LaunchRefused} launch_practice_foreign, launch_context_conflict
 */
export async function openContext(
  { practiceId, patientId, encounterId }: ChartContext,
  charts: KnownCharts,
): Promise<Landing> {
  if (encounterId === undefined) {
    if (patientId === undefined) return { page: 'queue' }
    refuseForeign(practiceId, await charts.practicesOfPatient(patientId))
    return { page: 'chart', practiceId, patientId, encounterId }
  }
  const known = await charts.encounters(encounterId)
  refuseForeign(
    practiceId,
    known.map((one) => one.practiceId),
  )
  const own = known.find((one) => one.practiceId === practiceId)
  if (own === undefined) return { page: 'chart', practiceId, patientId, encounterId }
  if (patientId !== undefined && own.patientId !== patientId)
    throw refused(
      'launch_context_conflict',
      'the EHR names a patient other than the one for whom the encounter was registered',
    )
  const [workItemId, another] = await charts.orders(practiceId, encounterId)
  return workItemId !== undefined && another === undefined
    ? { page: 'order', workItemId }
    : { page: 'chart', practiceId, patientId: own.patientId, encounterId }
}

/** Known in other practices only. */
function refuseForeign(practiceId: string, known: readonly string[]): void {
  if (known.length > 0 && !known.includes(practiceId))
    throw refused('launch_practice_foreign', 'the chart belongs to another practice')
}
