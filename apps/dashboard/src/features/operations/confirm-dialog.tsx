import type { ReactNode } from 'react'
import { ActDialog } from '../../ui/act-dialog.tsx'
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
    <ActDialog title={title} action={action} isOff={isPending} onAct={onConfirm} onClose={onClose}>
      {children}
      {error !== null && <RequestFailure error={error} />}
    </ActDialog>
  )
}
