import type { QueueSummary } from '@authscript/prior-auth'
import { ChevronDown } from 'lucide-react'
import { useState } from 'react'
import { lazyPart } from '../../ui/lazy-part.tsx'

const EncounterList = lazyPart(async () => (await import('./encounter-list.tsx')).EncounterList)

/** Signed encounters that have no orders yet, in one line; their list on click. */
export function EncountersLine({
  encounters,
}: {
  encounters: QueueSummary['encounters'] | undefined
}) {
  const [isOpen, setIsOpen] = useState(false)
  const { inProgress = 0, failed = 0 } = encounters ?? {}
  const isEmpty = inProgress + failed === 0
  // It keeps its place when there is nothing to say, so that the rows below do not move.
  if (isEmpty && !isOpen) return <div className="h-7 min-[900px]:mb-0 min-[900px]:h-0" />
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
        onClick={() => setIsOpen(!isOpen)}
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
