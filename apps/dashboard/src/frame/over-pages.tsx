import { useLocation } from '@tanstack/react-router'
import { useEffect } from 'react'
import { Toasts } from '../ui/toasts.tsx'
import { SessionWarning } from './session-warning.tsx'

/** What appears over every page or listens on every page, and is loaded after the page. */
export function OverPages({
  isOver,
  onSignOut,
}: {
  /** The session: whoever signs in again is not warned. */
  readonly isOver: boolean
  readonly onSignOut: () => void
}) {
  const { pathname } = useLocation()
  useEffect(() => {
    // On a phone the links do not fit beside each other: the one of this page is shown.
    const link = document.querySelector('header nav [aria-current=page]')
    if (pathname !== '/') link?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [pathname])
  return (
    <>
      <Toasts />
      {!isOver && <SessionWarning onSignOut={onSignOut} />}
    </>
  )
}
