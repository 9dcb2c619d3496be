import { Dialog } from '@base-ui/react/dialog'
import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { quietButton } from './buttons.ts'

/** A dialog over the page, or a drawer at its right side. It is closed by Escape, the cross and a press beside it. */
export function DialogFrame({
  title,
  isDrawer = false,
  onClose,
  children,
}: {
  title: string
  isDrawer?: boolean
  onClose: () => void
  children: ReactNode
}) {
  return (
    <Dialog.Root open onOpenChange={(isOpen) => (isOpen ? undefined : onClose())}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-black/50" />
        <Dialog.Viewport className="fixed inset-0 z-50 flex overflow-y-auto">
          <Dialog.Popup
            className={
              isDrawer
                ? 'ml-auto flex min-h-full w-full max-w-md flex-col bg-panel shadow-xl'
                : 'm-auto flex w-full max-w-xl flex-col rounded-xl bg-panel shadow-xl max-[639px]:rounded-none'
            }
          >
            <header className="flex items-center justify-between gap-4 border-b border-line px-5 py-3">
              <Dialog.Title className="text-base font-semibold">{title}</Dialog.Title>
              <Dialog.Close aria-label="Close" className={quietButton}>
                <X aria-hidden className="size-4" />
              </Dialog.Close>
            </header>
            <div className="grow space-y-3 p-5">{children}</div>
          </Dialog.Popup>
        </Dialog.Viewport>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
