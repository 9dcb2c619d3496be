import { queryOptions } from '@tanstack/react-query'
import { client } from './client.ts'

export const queries = {
  session: () =>
    queryOptions({
      queryKey: ['session'],
      queryFn: client.session,
      retry: false,
      staleTime: 60_000,
    }),
}
