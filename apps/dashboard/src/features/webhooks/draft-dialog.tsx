import { type ReactNode, useState } from 'react'
import { primaryButton, quietButton } from '../../ui/buttons.ts'
import { DialogFrame } from '../../ui/dialog-frame.tsx'
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
    <DialogFrame title={title} onClose={onClose}>
      <form
        noValidate
        className="space-y-4"
        onSubmit={(event) => {
          event.preventDefault()
          submit()
        }}
      >
        {children}
        {fault === undefined ? (
          <ProblemText error={error} />
        ) : (
          <p role="alert" className="rounded-lg bg-bad-soft px-3 py-2 text-bad">
            {fault}
          </p>
        )}
        <div className="flex flex-wrap justify-end gap-2">
          <button type="button" onClick={onClose} className={quietButton}>
            Cancel
          </button>
          <button type="submit" disabled={isOff} className={primaryButton}>
            {action}
          </button>
        </div>
      </form>
    </DialogFrame>
  )
}
