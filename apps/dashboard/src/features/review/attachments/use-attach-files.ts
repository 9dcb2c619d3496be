import { fileSize } from '@authscript/prior-auth'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { RequestFailed } from '../../../api/client.ts'
import { conflictOf, isUnreachable, reviewQueries, reviewRequests } from '../../../api/review.ts'
import { useReview } from '../review-state.tsx'

export interface AttachFiles {
  /** Whether files may be attached now. */
  readonly isPossible: boolean
  readonly isPending: boolean
  /** Why files were not attached, by name. */
  readonly refusals: readonly Refusal[]
  /** Why none could be sent: somebody else changed the order first, or the gateway cannot be reached. */
  readonly error: Error | null
  add(files: readonly File[]): void
  forget(): void
}

interface Refusal {
  readonly name: string
  readonly why: string
}

/** Sends files one after the other. A file that is refused does not stop the others. */
export function useAttachFiles(): AttachFiles {
  const { order, seen, isEditable, acceptResult } = useReview()
  const cache = useQueryClient()
  const [refusals, setRefusals] = useState<readonly Refusal[]>([])
  const { maxFileBytes } = order.attachmentLimits
  const send = useMutation({
    async mutationFn(files: readonly File[]) {
      setRefusals([])
      const refuse = (name: string, why: string) =>
        setRefusals((before) => [...before, { name, why }])
      let { version } = seen
      for (const file of files) {
        if (file.size > maxFileBytes) {
          refuse(file.name, `it is larger than ${fileSize(maxFileBytes)}`)
          continue
        }
        try {
          const result = await reviewRequests.attachFile({ ...seen, version }, file)
          version = result.version
          acceptResult(result)
        } catch (error) {
          const isRefusal =
            error instanceof RequestFailed &&
            conflictOf(error) === undefined &&
            !isUnreachable(error)
          if (!isRefusal) throw error
          refuse(file.name, error.problem.detail ?? error.problem.title)
        }
      }
    },
    onSettled: () =>
      cache.invalidateQueries({ queryKey: reviewQueries.history(order.workItemId).queryKey }),
  })
  return {
    isPossible: isEditable && order.form !== null,
    isPending: send.isPending,
    refusals,
    error: send.error,
    add(files) {
      if (files.length > 0 && !send.isPending) send.mutate(files)
    },
    forget() {
      send.reset()
      setRefusals([])
    },
  }
}
