import type { QueueRow } from '@authscript/prior-auth'
import { X } from 'lucide-react'
import { useState } from 'react'
import { lazyPart } from '../../ui/lazy-part.tsx'

const SentPart = lazyPart(async () => (await import('./record-sent.tsx')).RecordSent)
const AssignPart = lazyPart(async () => (await import('./assign-dialog.tsx')).AssignDialog)

interface BulkBarProps {
  readonly count: number
  /** The selected orders if all of them wait to be sent, else none. */
  readonly toSend: readonly QueueRow[]
  readonly person: string
  readonly owners: readonly string[]
  readonly isDisabled: boolean
  onAssign(owner: string | null): void
  onClear(): void
}

const button =
  'rounded-lg border border-edge px-3 py-1.5 font-medium whitespace-nowrap enabled:hover:bg-sunken disabled:text-soft'

/** What can be done with the selected orders. It covers the end of the page, so nothing moves. */
export function BulkBar({
  count,
  toSend,
  person,
  owners,
  isDisabled,
  onAssign,
  onClear,
}: BulkBarProps) {
  const [isAsking, setIsAsking] = useState(false)
  const [sent, setSent] = useState<readonly QueueRow[]>([])
  return (
    <div
      role="region"
      aria-label="Selected orders"
      className="fixed inset-x-4 bottom-4 z-30 mx-auto flex w-fit max-w-[calc(100vw-2rem)] flex-wrap items-center gap-2 rounded-xl border border-line bg-panel p-3 shadow-lg"
    >
      <span role="status" className="px-1 font-medium whitespace-nowrap">
        {count.toLocaleString('en-US')} selected
      </span>
      {toSend.length > 0 && (
        <button
          type="button"
          disabled={isDisabled}
          // As they were selected: what changes while the dialog is open is not sent as if it had been seen.
          onClick={() => setSent(toSend)}
          className={button}
        >
          Record as sent…
        </button>
      )}
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
      {sent.length > 0 && (
        <SentPart
          rows={sent}
          onDone={() => {
            setSent([])
            onClear()
          }}
          onClose={() => setSent([])}
        />
      )}
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
