import { type ReactNode, useState } from 'react'
import { ActDialog } from '../../ui/act-dialog.tsx'
import { ProblemText } from '../account/problem-text.tsx'
import type { WebhookDraft } from './webhook-fields.tsx'

/** A form with its checks: the browser's for the address, ours for the types. */
export function DraftDialog({
  title,
  action,
  isOff,
  draft,
  error,
  onSubmit,
  onClose,
  children,
}: {
  readonly title: string
  readonly action: string
  readonly isOff: boolean
  readonly draft: WebhookDraft
  readonly error: Error | null
  readonly onSubmit: () => void
  readonly onClose: () => void
  readonly children: ReactNode
}) {
  const [fault, setFault] = useState<string>()
  const submit = () => {
    const url = draft.url.trim()
    if (!/^https?:\/\/./.test(url) || !URL.canParse(url))
      return setFault('Type an address that begins with https://.')
    if (draft.types.length === 0) return setFault('Choose at least one thing to be notified of.')
    setFault(undefined)
    onSubmit()
  }
  return (
    <ActDialog
      title={title}
      action={action}
      isOff={isOff}
      noValidate
      onAct={submit}
      onClose={onClose}
    >
      {children}
      {fault === undefined ? (
        <ProblemText error={error} />
      ) : (
        <p role="alert" className="rounded-lg bg-bad-soft px-3 py-2 text-bad">
          {fault}
        </p>
      )}
    </ActDialog>
  )
}
