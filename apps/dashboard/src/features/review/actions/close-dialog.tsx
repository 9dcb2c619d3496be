import { useId, useState } from 'react'
import { reviewRequests } from '../../../api/review.ts'
import { textInput } from '../../../ui/buttons.ts'
import { ActDialog } from '../../../ui/act-dialog.tsx'
import { RequestFailure } from '../request-failure.tsx'
import { useChange, useKeptVersion, useReview } from '../review-state.tsx'
import { useTypedText } from '../typed-text.tsx'

/** Asks for the reason, then closes the order: nobody has to do anything more about it. */
export function CloseDialog({ onClose }: { onClose: () => void }) {
  const { order, offlineReason } = useReview()
  const change = useChange(reviewRequests.close)
  const [reason, setReason] = useState('')
  const id = useId()
  useKeptVersion(true)
  useTypedText(reason.trim() !== '', 'the reason for closing')
  const submit = () => {
    change.mutate({ reason: reason.trim() }, { onSuccess: onClose })
  }
  return (
    <ActDialog
      title="Close order"
      action="Close order"
      isOff={change.isPending || reason.trim() === '' || offlineReason !== undefined}
      onAct={submit}
      onClose={onClose}
    >
      <p>
        {order.review === 'approved' || order.review === 'submitted'
          ? 'The order leaves the open work; nothing is taken back from the chart or the payer. It can be opened again.'
          : 'The order leaves the open work: nothing is filed to the chart, and nothing is sent to the payer. It can be opened again.'}
      </p>
      <div>
        <label htmlFor={id} className="block font-medium">
          Reason for closing
        </label>
        <textarea
          id={id}
          required
          rows={3}
          maxLength={1000}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
          className={`${textInput} mt-1`}
        />
      </div>
      <RequestFailure error={change.error} onLooked={() => change.reset()} />
    </ActDialog>
  )
}
