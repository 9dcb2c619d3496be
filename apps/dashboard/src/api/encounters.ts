import {
  pageOf,
  type RegistrationView,
  type registrationRequest,
  registrationView,
} from '@authscript/prior-auth'
import { infiniteQueryOptions } from '@tanstack/react-query'
import type { z } from 'zod'
import { json, sendRequest } from './client.ts'

/** The requests about encounters that are watched until they are signed. */

const pageSize = 50
const refreshMs = 15_000
/** While the EHR is being asked for the first time. */
const askedMs = 2000

const isNew = ({ watch, lastPolledAt }: RegistrationView) =>
  watch === 'open' && lastPolledAt === null

export const watchedEncounters = () =>
  infiniteQueryOptions({
    queryKey: ['watched-encounters'],
    queryFn: ({ pageParam, signal }) =>
      sendRequest(
        `/api/patients?limit=${pageSize}${pageParam === null ? '' : `&cursor=${encodeURIComponent(pageParam)}`}`,
        pageOf(registrationView),
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    // Polls are no events.
    refetchInterval: ({ state }) =>
      state.data?.pages.some(({ items }) => items.some(isNew)) === true ? askedMs : refreshMs,
  })

export const unwatchEncounter = ({
  practiceId,
  encounterId,
}: Pick<RegistrationView, 'practiceId' | 'encounterId'>): Promise<RegistrationView> =>
  sendRequest(
    `/api/encounters/${encodeURIComponent(encounterId)}/watch?practiceId=${encodeURIComponent(practiceId)}`,
    registrationView,
    { method: 'DELETE' },
  )

export const watchEncounter = (
  request: z.input<typeof registrationRequest>,
): Promise<RegistrationView> =>
  sendRequest('/api/patients/register', registrationView, json(request))
