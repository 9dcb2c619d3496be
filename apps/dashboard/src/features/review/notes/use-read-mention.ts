import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { reviewQueries, reviewRequests } from '../../../api/review.ts'

/** Records once that the person has read the notes that mention them, so that the mark disappears everywhere. */
export function useReadMention(isRead: boolean, workItemId: string): void {
  const cache = useQueryClient()
  const { mutate } = useMutation({
    mutationFn: reviewRequests.readMentions,
    onSuccess() {
      const keys = [reviewQueries.order(workItemId).queryKey, ['queue-latest'], ['queue-summary']]
      for (const queryKey of keys) void cache.invalidateQueries({ queryKey })
    },
  })
  useEffect(() => {
    if (isRead) mutate(workItemId)
  }, [isRead, mutate, workItemId])
}
