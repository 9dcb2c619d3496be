import { useMutation, useQueryClient } from '@tanstack/react-query'
import { savedViewQueries } from '../../../api/saved-views.ts'

/** A request after which the list is read again, refused or not: somebody may have changed it meanwhile. */
export function useViewChange<Variables, Result>(
  request: (variables: Variables) => Promise<Result>,
) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: request,
    onSettled: () => cache.invalidateQueries({ queryKey: savedViewQueries.list().queryKey }),
  })
}
