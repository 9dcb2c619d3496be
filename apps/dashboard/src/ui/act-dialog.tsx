import type { FormEvent, ReactNode } from 'react'
import { primaryButton, quietButton } from './buttons.ts'
import { DialogFrame } from './dialog-frame.tsx'

/** A dialog with one act and Cancel. Its inputs, and why the act was refused, are its children. */
export function ActDialog({
  title,
  action,
  isOff,
  noValidate = false,
  onAct,
  onClose,
  children,
}: {
  readonly title: string
  /** The label of the button. */
  readonly action: string
  readonly isOff: boolean
  /** The browser does not check the inputs. */
  readonly noValidate?: boolean
  readonly onAct: (event: FormEvent<HTMLFormElement>) => void
  readonly onClose: () => void
  readonly children: ReactNode
}) {
  return (
    <DialogFrame title={title} onClose={onClose}>
      <form
        noValidate={noValidate}
        className="space-y-4"
        onSubmit={(event) => {
          event.preventDefault()
          onAct(event)
        }}
      >
        {children}
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
