import { ChevronDown } from 'lucide-react'
import { lazyPart } from '../../ui/lazy-part.tsx'

const EncounterList = lazyPart(async () => (await import('./encounter-list.tsx')).EncounterList)

/** How many signed encounters have no orders yet, and their list while it is open. */
export function EncountersNotice({
  inProgress,
  failed,
  isOpen,
  onOpen,
}: {
  readonly inProgress: number
  readonly failed: number
  readonly isOpen: boolean
  readonly onOpen: (isOpen: boolean) => void
}) {
  return (
    // On a wide screen it stands at the end of the line that counts the orders.
    <div
      className={
        isOpen
          ? ''
          : 'min-[900px]:relative min-[900px]:z-[1] min-[900px]:-mb-7 min-[900px]:flex min-[900px]:justify-end'
      }
    >
      <button
        type="button"
        aria-expanded={isOpen}
        onClick={() => onOpen(!isOpen)}
        className="flex h-7 items-center gap-1.5 rounded text-soft hover:text-ink"
        data-encounters
      >
        <span className={failed > 0 ? 'text-bad' : ''}>{sentenceOf(inProgress, failed)}</span>
        <ChevronDown aria-hidden className={`size-4 ${isOpen ? 'rotate-180' : ''}`} />
      </button>
      {isOpen && <EncounterList />}
    </div>
  )
}

function sentenceOf(inProgress: number, failed: number): string {
  const reading =
    inProgress === 0
      ? []
      : [inProgress === 1 ? '1 encounter is being read' : `${inProgress} encounters are being read`]
  const failing =
    failed === 0
      ? []
      : [
          inProgress > 0
            ? `${failed} failed`
            : `${failed} ${failed === 1 ? 'encounter' : 'encounters'} failed`,
        ]
  return [...reading, ...failing].join(', ') || 'All encounters are read'
}
