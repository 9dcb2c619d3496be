import type { ReactNode } from 'react'
import { primaryButton, secondaryButton } from '../../ui/buttons.ts'
import { DialogFrame } from '../../ui/dialog-frame.tsx'
import { RequestFailure } from './request-failure.tsx'

/** Says what will happen before it does. */
export function ConfirmDialog({
  title,
  action,
  isPending,
  error,
  onConfirm,
  onClose,
  children,
}: {
  title: string
  /** The label of the button. */
  action: string
  isPending: boolean
  error: Error | null
  onConfirm: () => void
  onClose: () => void
  children: ReactNode
}) {
  return (
    <DialogFrame title={title} onClose={onClose}>
      <form
        className="space-y-4"
        onSubmit={(event) => {
          event.preventDefault()
          onConfirm()
        }}
      >
        {children}
        {error !== null && <RequestFailure error={error} />}
        <div className="flex flex-wrap justify-end gap-2">
          <button type="button" onClick={onClose} className={secondaryButton}>
            Cancel
          </button>
          <button type="submit" disabled={isPending} className={primaryButton}>
            {action}
          </button>
        </div>
      </form>
    </DialogFrame>
  )
}
