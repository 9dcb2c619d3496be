import {
  type HistoryEntry,
  isDrafted,
  type ReviewView,
  type SessionView,
} from '@authscript/prior-auth'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { createContext, type ReactNode, use, useEffect, useMemo, useRef, useState } from 'react'
import { reviewQueries, type Seen } from '../../api/review.ts'
import { historySentence } from './history-words.ts'
import { useOneAtATime } from './one-at-a-time.ts'

/** What every part of the review page works on. */
interface Review {
  readonly order: ReviewView
  /** Clinicians approve; clinicians and front desks do the rest. */
  readonly isClinician: boolean
  readonly isWorker: boolean
  /** The name under which approvals are recorded. */
  readonly signedInAs: string | undefined
  /** Operators see codes and reasons that say nothing to others. */
  readonly isOperator: boolean
  readonly isDraft: boolean
  /** Whether answers and boxes may be changed now. */
  readonly isEditable: boolean
  /** Why nothing can be changed at the moment: the gateway cannot be reached. */
  readonly offlineReason: string | undefined
  /** The version that the person saw: while something is typed, the one from before. */
  readonly seen: Seen
  /** Reads the order again; what is typed now is sent against what was read. */
  lookAtTheirs(): Promise<void>
  /** While something is typed; the result ends it. `unsaved`: what it is, if an approval must not pass over it. */
  keepSeenVersion(unsaved?: string): () => void
  /** What is typed on the page and not saved. */
  unsaved(): readonly string[]
  acceptResult(result: ReviewView): void
  sentenceOf(entry: HistoryEntry): string
}

const ReviewContext = createContext<Review | undefined>(undefined)

export function useReview(): Review {
  const review = use(ReviewContext)
  if (review === undefined) throw new TypeError('useReview outside of a ReviewProvider')
  return review
}

export function ReviewProvider({
  order,
  session,
  offlineReason,
  children,
}: {
  order: ReviewView
  session: SessionView | undefined
  offlineReason: string | undefined
  children: ReactNode
}) {
  const cache = useQueryClient()
  const { workItemId, version } = order
  /** How many inputs have unsaved text, and the version that was shown when the first was begun. */
  const typing = useRef(0)
  const unsaved = useRef<readonly string[]>([])
  const [kept, setKept] = useState<number | undefined>(undefined)
  const shown = useRef(version)
  shown.current = version

  const review = useMemo<Review>(() => {
    const { queryKey } = reviewQueries.order(workItemId)
    const isClinician = session?.roles.includes('clinician') === true
    const isWorker = isClinician || session?.roles.includes('staff') === true
    const isDraft = isDrafted(order.review)
    const questions = new Map(
      order.analysis.outcome === 'assessed'
        ? order.analysis.answers.map((answer) => [answer.criterionId, answer.question])
        : [],
    )
    return {
      order,
      isClinician,
      isWorker,
      signedInAs: session?.label,
      isOperator: session?.roles.includes('operator') === true,
      isDraft,
      isEditable: isDraft && isWorker && offlineReason === undefined,
      offlineReason,
      seen: { workItemId, version: kept ?? version },
      async lookAtTheirs() {
        // The screen may already show their change.
        if (typing.current > 0) setKept(shown.current)
        const newest = await cache.fetchQuery({ ...reviewQueries.order(workItemId), staleTime: 0 })
        if (typing.current > 0) setKept(newest.version)
      },
      keepSeenVersion(what) {
        typing.current += 1
        if (what !== undefined) unsaved.current = [...unsaved.current, what]
        setKept((before) => before ?? shown.current)
        return () => {
          typing.current -= 1
          unsaved.current = unsaved.current.filter((one) => one !== what)
          if (typing.current === 0) setKept(undefined)
        }
      },
      unsaved: () => unsaved.current,
      acceptResult(result) {
        cache.setQueryData(queryKey, result)
        if (typing.current > 0) setKept(result.version)
      },
      sentenceOf: (entry) => historySentence(entry, (criterionId) => questions.get(criterionId)),
    }
  }, [order, session, offlineReason, workItemId, version, kept, cache])
  return <ReviewContext value={review}>{children}</ReviewContext>
}

/** While `isTyping`, changes are sent against the version from before: somebody else's change is then not overwritten unseen. */
export function useKeptVersion(isTyping: boolean, unsaved?: string): void {
  const { keepSeenVersion } = useReview()
  const keep = useRef(keepSeenVersion)
  keep.current = keepSeenVersion
  useEffect(() => (isTyping ? keep.current(unsaved) : undefined), [isTyping, unsaved])
}

/** Sends a change of the version that the person saw, and shows its result. */
export function useChange<Input>(send: (seen: Seen, input: Input) => Promise<ReviewView>) {
  const { seen, acceptResult } = useReview()
  const cache = useQueryClient()
  return useMutation({
    mutationFn: useOneAtATime<Input, ReviewView>((input) => send(seen, input)),
    onSuccess(result) {
      acceptResult(result)
      void cache.invalidateQueries({ queryKey: reviewQueries.history(result.workItemId).queryKey })
    },
  })
}
