import { Dialog } from '@base-ui/react/dialog'
import { type FormEvent, useId } from 'react'

/** Asks whom to give the selected orders to. */
export function AssignDialog({
  count,
  owners,
  onAssign,
  onClose,
}: {
  readonly count: number
  readonly owners: readonly string[]
  readonly onAssign: (owner: string) => void
  readonly onClose: () => void
}) {
  const id = useId()
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const owner = String(new FormData(event.currentTarget).get('owner') ?? '')
    if (owner !== '') onAssign(owner)
  }
  return (
    <Dialog.Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-black/40" />
        <Dialog.Popup className="fixed top-1/2 left-1/2 z-50 w-[min(24rem,calc(100vw-2rem))] -translate-1/2 rounded-2xl border border-line bg-panel p-6 shadow-xl">
          <Dialog.Title className="mb-4 text-lg font-semibold">
            Assign {count === 1 ? 'one order' : `${count} orders`}
          </Dialog.Title>
          <form onSubmit={onSubmit} className="space-y-4">
            <div>
              <label htmlFor={id} className="mb-1.5 block font-medium">
                Person
              </label>
              <select
                id={id}
                name="owner"
                className="w-full rounded-lg border border-edge bg-sunken px-3 py-2"
              >
                {owners.map((owner) => (
                  <option key={owner} value={owner}>
                    {owner}
                  </option>
                ))}
              </select>
            </div>
            <div className="flex justify-end gap-2">
              <Dialog.Close className="rounded-lg px-4 py-2 text-soft hover:bg-quiet-soft hover:text-ink">
                Cancel
              </Dialog.Close>
              <button
                type="submit"
                className="rounded-lg bg-accent px-4 py-2 font-medium text-panel"
              >
                Assign
              </button>
            </div>
          </form>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
