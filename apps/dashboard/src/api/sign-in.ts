import { signInWays } from '@authscript/prior-auth'
import { queryOptions } from '@tanstack/react-query'
import { sendRequest } from './client.ts'

export const signInQueries = {
  ways: () =>
    queryOptions({
      queryKey: ['sign-in-ways'],
      queryFn: () => sendRequest('/api/session/ways', signInWays),
      staleTime: Number.POSITIVE_INFINITY,
      retry: 1,
    }),
}
