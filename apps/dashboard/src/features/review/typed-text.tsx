import { useBlocker } from '@tanstack/react-router'
import { createContext, type ReactNode, use, useEffect, useId, useRef } from 'react'
import { primaryButton, secondaryButton } from '../../ui/buttons.ts'
import { DialogFrame } from '../../ui/dialog-frame.tsx'

/** What is typed on the page and not saved, by the place where it is typed. */
type TypedText = Map<string, string>

const TypedTextContext = createContext<TypedText | undefined>(undefined)

/** Asks before the page is left with something typed in it: by a link, by Back, and by the browser when the tab is closed. */
export function TypedTextGuard({ children }: { children: ReactNode }) {
  const typed = useRef<TypedText>(new Map())
  const isTyped = () => typed.current.size > 0
  const blocker = useBlocker({
    // A change of the address that does not leave the page loses nothing.
    shouldBlockFn: ({ current, next }) => isTyped() && current.pathname !== next.pathname,
    enableBeforeUnload: isTyped,
    withResolver: true,
  })
  return (
    <TypedTextContext value={typed.current}>
      {children}
      {blocker.status === 'blocked' && (
        <DialogFrame title="Leave without saving?" onClose={blocker.reset}>
          <p>
            Typed and not saved yet: {[...new Set(typed.current.values())].join(', ')}. It is lost
            when you leave this page.
          </p>
          <div className="flex flex-wrap justify-end gap-2">
            <button type="button" onClick={blocker.proceed} className={secondaryButton}>
              Leave
            </button>
            <button type="button" onClick={blocker.reset} className={primaryButton}>
              Stay
            </button>
          </div>
        </DialogFrame>
      )}
    </TypedTextContext>
  )
}

/** While `isTyped`, the page is not left without asking. `what`: a name for people, "a note". */
export function useTypedText(isTyped: boolean, what: string): void {
  const typed = use(TypedTextContext)
  const place = useId()
  useEffect(() => {
    if (!isTyped || typed === undefined) return
    typed.set(place, what)
    return () => void typed.delete(place)
  }, [isTyped, what, typed, place])
}
