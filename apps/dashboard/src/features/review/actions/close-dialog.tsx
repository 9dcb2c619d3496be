import { type FormEvent, useId, useState } from 'react'
import { reviewRequests } from '../../../api/review.ts'
import { primaryButton, quietButton, textInput } from '../../../ui/buttons.ts'
import { DialogFrame } from '../../../ui/dialog-frame.tsx'
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
  const submit = (event: FormEvent) => {
    event.preventDefault()
    change.mutate({ reason: reason.trim() }, { onSuccess: onClose })
  }
  return (
    <DialogFrame title="Close order" onClose={onClose}>
      <form onSubmit={submit} className="space-y-3">
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
        <div className="flex flex-wrap justify-end gap-2">
          <button type="button" onClick={onClose} className={quietButton}>
            Cancel
          </button>
          <button
            type="submit"
            disabled={change.isPending || reason.trim() === '' || offlineReason !== undefined}
            className={primaryButton}
          >
            Close order
          </button>
        </div>
      </form>
    </DialogFrame>
  )
}
