import { useEffect } from 'react'
import { Toasts } from '../ui/toasts.tsx'
import { recordPrints } from './record-prints.ts'
import { SessionWarning } from './session-warning.tsx'

/** What appears over every page and listens on every page, and is not needed before it. */
export function OverPages({
  isOver,
  onSignOut,
}: {
  /** The session: whoever signs in again is not warned. */
  readonly isOver: boolean
  readonly onSignOut: () => void
}) {
  useEffect(recordPrints, [])
  return (
    <>
      <Toasts />
      {!isOver && <SessionWarning onSignOut={onSignOut} />}
    </>
  )
}
