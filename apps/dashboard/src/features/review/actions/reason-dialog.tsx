import type { ReviewView } from '@authscript/prior-auth'
import { type FormEvent, useId, useState } from 'react'
import type { Seen } from '../../../api/review.ts'
import { primaryButton, quietButton, textInput } from '../../../ui/buttons.ts'
import { DialogFrame } from '../../../ui/dialog-frame.tsx'
import { RequestFailure } from '../request-failure.tsx'
import { useChange, useKeptVersion, useReview } from '../review-state.tsx'

/** Asks for a reason, then closes the order. */
export function ReasonDialog({
  title,
  label,
  confirmLabel,
  send,
  onClose,
}: {
  title: string
  label: string
  confirmLabel: string
  send: (seen: Seen, input: { readonly reason: string }) => Promise<ReviewView>
  onClose: () => void
}) {
  const { offlineReason } = useReview()
  const change = useChange(send)
  const [reason, setReason] = useState('')
  const id = useId()
  useKeptVersion(true)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    change.mutate({ reason: reason.trim() }, { onSuccess: onClose })
  }
  return (
    <DialogFrame title={title} onClose={onClose}>
      <form onSubmit={submit} className="space-y-3">
        <div>
          <label htmlFor={id} className="block font-medium">
            {label}
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
            {confirmLabel}
          </button>
        </div>
      </form>
    </DialogFrame>
  )
}
