import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
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

export function useReprocess() {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: client.reprocess,
    onSettled: () => cache.invalidateQueries({ queryKey: ['encounters'] }),
  })
}
