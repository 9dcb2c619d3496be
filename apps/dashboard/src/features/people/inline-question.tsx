import { type ReactNode, useEffect, useId, useRef } from 'react'

/** What will happen, and the buttons for it, below the line that it is about. The focus goes there and comes back. */
export function InlineQuestion({
  text,
  children,
}: {
  readonly text: string
  /** The buttons. */
  readonly children: ReactNode
}) {
  const box = useRef<HTMLDivElement>(null)
  const id = useId()
  useEffect(() => {
    const asked = document.activeElement
    box.current?.focus()
    return () => {
      // Not when the answer has moved it elsewhere.
      if (asked instanceof HTMLElement && document.activeElement === document.body) asked.focus()
    }
  }, [])
  return (
    <div
      ref={box}
      role="group"
      tabIndex={-1}
      aria-labelledby={id}
      className="flex flex-wrap items-center gap-2 rounded-lg bg-warn-soft p-3 text-warn"
    >
      <p id={id} className="grow basis-64">
        {text}
      </p>
      <div className="flex flex-wrap gap-2">{children}</div>
    </div>
  )
}
