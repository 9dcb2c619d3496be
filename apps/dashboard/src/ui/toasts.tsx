import { Toast } from '@base-ui/react/toast'
import { X } from 'lucide-react'

/** What `notify` shows, until it is read or its time is over. */
export const toasts = Toast.createToastManager()

const shownMs = 10_000

export function Toasts() {
  return (
    <Toast.Provider toastManager={toasts} timeout={shownMs}>
      <Toast.Portal>
        <Toast.Viewport className="fixed right-4 bottom-4 left-4 z-40 flex flex-col gap-2 sm:left-auto sm:w-96">
          <List />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  )
}

function List() {
  const manager = Toast.useToastManager()
  return manager.toasts.map((toast) => (
    <Toast.Root
      key={toast.id}
      toast={toast}
      className="rounded-xl border border-line bg-panel shadow-lg"
    >
      <Toast.Content className="flex items-center gap-3 p-4">
        <Toast.Title className="grow" />
        <Toast.Action className="rounded-lg border border-line px-3 py-1.5 font-medium hover:bg-sunken" />
        <Toast.Close
          aria-label="Close"
          className="rounded-lg p-1.5 text-soft hover:bg-quiet-soft hover:text-ink"
        >
          <X aria-hidden className="size-4" />
        </Toast.Close>
      </Toast.Content>
    </Toast.Root>
  ))
}
