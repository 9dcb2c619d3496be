import { Toasts } from '../ui/toasts.tsx'
import { SessionWarning } from './session-warning.tsx'

/** What appears over every page, and is not needed before it. */
export function OverPages({
  isOver,
  onSignOut,
}: {
  /** The session: whoever signs in again is not warned. */
  readonly isOver: boolean
  readonly onSignOut: () => void
}) {
  return (
    <>
      <Toasts />
      {!isOver && <SessionWarning onSignOut={onSignOut} />}
    </>
  )
}
