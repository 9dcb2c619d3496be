import { useMutation, useQueryClient } from '@tanstack/react-query'
import { client } from './client.ts'

export function useReprocess() {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: client.reprocess,
    onSettled: () => cache.invalidateQueries({ queryKey: ['encounters'] }),
  })
}
