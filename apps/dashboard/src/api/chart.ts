import {
  type EncounterDetail,
  encounterDetail,
  type RegistrationView,
  registrationView,
} from '@authscript/prior-auth'
import { queryOptions } from '@tanstack/react-query'
import { z } from 'zod'
import { RequestFailed, sendRequest } from './client.ts'

/** What an EHR had on its screen when it opened us. */
export interface ChartInEhr {
  readonly practiceId: string
  readonly patientId: string | undefined
  readonly encounterId: string | undefined
}

export interface KnownChart {
  /** The encounter, if it was signed. */
  readonly encounter: EncounterDetail | undefined
  /** The watched encounters of the patient, in this practice. */
  readonly watched: readonly RegistrationView[]
}

/** While it is being asked for or read. */
const busyMs = 2000
const refreshMs = 15_000

const known = z.object({ items: z.array(registrationView) })

export const knownChart = (chart: ChartInEhr) =>
  queryOptions({
    // Live events name the encounter.
    queryKey: ['chart', chart.practiceId, chart.patientId, chart.encounterId],
    async queryFn({ signal }): Promise<KnownChart> {
      const { practiceId, patientId, encounterId } = chart
      const [encounter, watched] = await Promise.all([
        encounterId === undefined
          ? undefined
          : orUnknown(
              sendRequest(
                `/api/encounters/${encodeURIComponent(encounterId)}?practiceId=${encodeURIComponent(practiceId)}`,
                encounterDetail,
                { signal },
              ),
            ),
        patientId === undefined
          ? undefined
          : orUnknown(
              sendRequest(`/api/patients/${encodeURIComponent(patientId)}`, known, { signal }),
            ),
      ])
      return {
        encounter,
        watched: (watched?.items ?? []).filter((one) => one.practiceId === practiceId),
      }
    },
    refetchInterval: ({ state: { data } }) =>
      data !== undefined && isBusy(data) ? busyMs : refreshMs,
  })

/** Something will soon change by itself. */
const isBusy = ({ encounter, watched }: KnownChart): boolean =>
  encounter === undefined
    ? watched.some(({ watch, lastPolledAt }) => watch === 'open' && lastPolledAt === null)
    : encounter.processing === 'queued' || encounter.processing === 'running'

async function orUnknown<Answer>(answer: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await answer
  } catch (error) {
    if (error instanceof RequestFailed && error.problem.status === 404) return undefined
    throw error
  }
}
