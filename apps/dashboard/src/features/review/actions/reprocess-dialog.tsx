import { ActDialog } from '../../../ui/act-dialog.tsx'
import { useReview } from '../review-state.tsx'

/** Asks before the chart of an approved order is read again, and says what becomes of the approval. */
export function ReprocessDialog({
  onConfirm,
  onClose,
}: {
  onConfirm: () => void
  onClose: () => void
}) {
  const { order, offlineReason } = useReview()
  const isInChart = order.review === 'submitted'
  return (
    <ActDialog
      title="Read the chart again?"
      action="Read the chart again"
      isOff={offlineReason !== undefined}
      onAct={onConfirm}
      onClose={onClose}
    >
      <p>
        {isInChart
          ? 'The approved form of this order is in the chart. It stays there as it was approved, and so does the approval.'
          : 'This order is approved. The approval stays, and the approved form goes to the chart as it is, without anything new from the chart.'}
      </p>
      <p>
        {isInChart
          ? 'Reading the chart again changes only drafts of other orders of this encounter.'
          : 'Reading the chart again changes only drafts of other orders of this encounter. If this order is no longer in the chart, its approval ends. To have this order assessed again, withdraw the approval first.'}
      </p>
    </ActDialog>
  )
}
