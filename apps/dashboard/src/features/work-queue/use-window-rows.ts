import { type RefObject, useLayoutEffect, useState } from 'react'
import { flushSync } from 'react-dom'

/** Rows `first` to `end`, without `end`, are near the screen. */
export interface WindowRows {
  readonly first: number
  readonly end: number
}

/** How many rows beyond the screen are rendered before they are scrolled to. */
const beyondScreen = 4
/** The range changes in steps of this many rows, so that scrolling seldom renders. */
const step = 4

/** @param top where the list begins, from the upper edge of the screen; negative when it is scrolled past */
export function rowsInWindow(
  top: number,
  screenHeight: number,
  rowHeight: number,
  count: number,
): WindowRows {
  const firstSeen = Math.floor(-top / rowHeight)
  const lastSeen = Math.ceil((screenHeight - top) / rowHeight)
  const within = (index: number) => Math.min(count, Math.max(0, index))
  return {
    first: within(Math.floor((firstSeen - beyondScreen) / step) * step),
    end: within(Math.ceil((lastSeen + beyondScreen) / step) * step),
  }
}

/** Which rows of a list in the page are near the screen. All have one height, so nothing has to be measured but where the list begins. */
export function useWindowRows(
  list: RefObject<HTMLElement | null>,
  rowHeight: number,
  count: number,
): WindowRows {
  const [rows, setRows] = useState(() =>
    rowsInWindow(window.innerHeight / 4, window.innerHeight, rowHeight, count),
  )
  useLayoutEffect(() => {
    const look = () => {
      const top = list.current?.getBoundingClientRect().top ?? 0
      const next = rowsInWindow(top, window.innerHeight, rowHeight, count)
      setRows((before) => (before.first === next.first && before.end === next.end ? before : next))
    }
    // At once, or a fast scroll would show an empty list for a moment.
    const lookAtOnce = () => flushSync(look)
    look()
    window.addEventListener('scroll', lookAtOnce, { passive: true })
    window.addEventListener('resize', look)
    return () => {
      window.removeEventListener('scroll', lookAtOnce)
      window.removeEventListener('resize', look)
    }
  }, [list, rowHeight, count])
  // A shorter list is rendered before its rows are looked at.
  return { first: Math.min(rows.first, count), end: Math.min(rows.end, count) }
}
