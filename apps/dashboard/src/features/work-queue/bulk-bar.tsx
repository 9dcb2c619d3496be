import { X } from 'lucide-react'
import { useState } from 'react'
import { lazyPart } from '../../ui/lazy-part.tsx'

export const AssignPart = lazyPart(async () => (await import('./assign-dialog.tsx')).AssignDialog)

interface BulkBarProps {
  readonly count: number
  readonly person: string
  readonly owners: readonly string[]
  readonly isDisabled: boolean
  onAssign(owner: string | null): void
  onClear(): void
}

const button =
  'rounded-lg border border-edge px-3 py-1.5 font-medium whitespace-nowrap enabled:hover:bg-sunken disabled:text-soft'

/** What can be done with the selected orders. It lies over the end of the page, and moves nothing. */
export function BulkBar({ count, person, owners, isDisabled, onAssign, onClear }: BulkBarProps) {
  const [isAsking, setIsAsking] = useState(false)
  return (
    <div
      role="region"
      aria-label="Selected orders"
      className="fixed inset-x-4 bottom-4 z-30 mx-auto flex w-fit max-w-[calc(100vw-2rem)] flex-wrap items-center gap-2 rounded-xl border border-line bg-panel p-3 shadow-lg"
    >
      <span role="status" className="px-1 font-medium whitespace-nowrap">
        {count.toLocaleString('en-US')} selected
      </span>
      <button
        type="button"
        disabled={isDisabled}
        onClick={() => onAssign(person)}
        className={button}
      >
        Assign to me
      </button>
      <button
        type="button"
        disabled={isDisabled}
        onClick={() => setIsAsking(true)}
        className={button}
      >
        Assign to…
      </button>
      <button type="button" disabled={isDisabled} onClick={() => onAssign(null)} className={button}>
        Remove owner
      </button>
      <button
        type="button"
        aria-label="Clear the selection"
        onClick={onClear}
        className="rounded-lg p-2 text-soft hover:bg-quiet-soft hover:text-ink"
      >
        <X aria-hidden className="size-4" />
      </button>
      {isAsking && (
        <AssignPart
          count={count}
          owners={owners}
          onAssign={(owner) => {
            setIsAsking(false)
            onAssign(owner)
          }}
          onClose={() => setIsAsking(false)}
        />
      )}
    </div>
  )
}
