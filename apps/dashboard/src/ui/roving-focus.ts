import type { KeyboardEvent } from 'react'

/**
 * Arrow keys, Home and End in a toolbar whose items are links and buttons. One of them has `tabIndex={0}` and the others -1: the toolbar is
 * one stop of the Tab key, and keeps the item that had the focus last.
 *
 * @see https://www.w3.org/WAI/ARIA/apg/patterns/toolbar/
 */
export function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const items = [...event.currentTarget.querySelectorAll<HTMLElement>('a, button')]
  const at = items.findIndex((item) => item === document.activeElement)
  const next = indexAfter(event.key, at, items.length)
  if (at === -1 || next === undefined) return
  event.preventDefault()
  items[next]?.focus()
}

export function indexAfter(key: string, at: number, count: number): number | undefined {
  switch (key) {
    case 'ArrowRight':
      return (at + 1) % count
    case 'ArrowLeft':
      return (at - 1 + count) % count
    case 'Home':
      return 0
    case 'End':
      return count - 1
    default:
      return undefined
  }
}
