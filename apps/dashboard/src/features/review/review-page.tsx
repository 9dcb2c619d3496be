import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useEffect } from 'react'
import { queries } from '../../api/queries.ts'
import { isUnreachable, reviewQueries } from '../../api/review.ts'
import { useConnection } from '../../connection/connection.ts'
import { Failure } from '../../ui/notice.tsx'
import { windowTitle } from './order-header.tsx'
import { ReviewProvider } from './review-state.tsx'
import { ReviewScreen, ReviewSkeleton } from './review-screen.tsx'
import { clockTime } from './times.ts'
import { TypedTextGuard } from './typed-text.tsx'

/** One order: the payer's questions, the chart that answers them, and the form. */
export function ReviewPage() {
  const { workItemId } = useParams({ from: '/signed-in/work-items/$workItemId' })
  const session = useQuery(queries.session())
  const order = useQuery(reviewQueries.order(workItemId))
  const { status } = useConnection()
  const title = order.data === undefined ? 'Review' : windowTitle(order.data)
  useEffect(() => {
    document.title = `${title} · AuthScript`
  }, [title])

  if (order.data === undefined)
    return order.error === null ? (
      <ReviewSkeleton />
    ) : (
      <Failure error={order.error} onRetry={() => void order.refetch()} />
    )
  const isDisconnected =
    status === 'lost' || isUnreachable(order.error) || isUnreachable(order.failureReason)
  return (
    <ReviewProvider
      // What is typed on one order is not carried to another.
      key={workItemId}
      order={order.data}
      session={session.data}
      offlineReason={
        isDisconnected
          ? `Not connected since ${clockTime(order.dataUpdatedAt)}; showing what was read then. Nothing can be saved until the gateway answers again.`
          : undefined
      }
    >
      <TypedTextGuard>
        <ReviewScreen />
      </TypedTextGuard>
    </ReviewProvider>
  )
}
