import type { QueueSummary } from '@authscript/prior-auth'
import { useState } from 'react'
import { lazyPart } from '../../ui/lazy-part.tsx'

// It keeps its place when there is nothing to say, so that the rows below do not move.
const itsPlace = <div className="h-7 min-[900px]:mb-0 min-[900px]:h-0" />

const EncountersNoticePart = lazyPart(
  async () => (await import('./encounters-notice.tsx')).EncountersNotice,
  itsPlace,
)

/** Signed encounters that have no orders yet, in one line; their list on click. */
export function EncountersLine({
  encounters,
}: {
  encounters: QueueSummary['encounters'] | undefined
}) {
  const [isOpen, setIsOpen] = useState(false)
  const { inProgress = 0, failed = 0 } = encounters ?? {}
  if (inProgress + failed === 0 && !isOpen) return itsPlace
  return (
    <EncountersNoticePart
      inProgress={inProgress}
      failed={failed}
      isOpen={isOpen}
      onOpen={setIsOpen}
    />
  )
}
