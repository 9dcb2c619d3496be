import { useRouterState } from '@tanstack/react-router'
import { type RefObject, useEffect, useRef } from 'react'

/**
 * Moves the focus to the heading of a page that was just opened, so that the keyboard and screen readers begin there. A page that is still
 * loading has no heading: then the focus waits on the main part, unless a person moves it.
 */
export function useNavigationFocus(): RefObject<HTMLElement | null> {
  const main = useRef<HTMLElement>(null)
  // Not the location: while the next page loads, the old one and its heading are still there.
  const pathname = useRouterState({ select: (state) => state.resolvedLocation?.pathname })
  const opened = useRef(pathname)
  useEffect(() => {
    const isFirst = opened.current === undefined
    if (opened.current === pathname || main.current === null) return
    opened.current = pathname
    // The first page that the browser opens sets its own focus.
    if (isFirst) return
    const area = main.current
    area.focus({ preventScroll: true })
    const focusHeading = (): boolean => {
      const heading = area.querySelector('h1')
      if (heading === null) return false
      heading.tabIndex = -1
      heading.focus({ preventScroll: true })
      return true
    }
    if (focusHeading()) return
    const observer = new MutationObserver(() => {
      if (document.activeElement !== area || focusHeading()) observer.disconnect()
    })
    observer.observe(area, { childList: true, subtree: true })
    return () => observer.disconnect()
  }, [pathname])
  return main
}
