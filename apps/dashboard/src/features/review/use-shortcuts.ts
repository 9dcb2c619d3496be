import type { AnswerValue } from '@authscript/prior-auth'
import { useEffect, useRef } from 'react'
import { areSingleKeysOn } from '../../ui/single-keys.ts'

interface Shortcuts {
  move(by: 1 | -1): void
  /** To another order of the queue. */
  step(by: 1 | -1): void
  answer(value: AnswerValue): void
  approve(): void
  help(): void
}

const answersByKey: Readonly<Record<string, AnswerValue>> = { y: 'met', n: 'not_met', u: 'unclear' }

const directions: Readonly<Record<string, 1 | -1>> = { j: 1, k: -1 }

/** Keys of the review page. They do nothing while something is typed or a dialog is open. */
export function useShortcuts(shortcuts: Shortcuts): void {
  const current = useRef(shortcuts)
  current.current = shortcuts
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || isDialogOpen()) return
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
        if (isTypedInto(event.target)) return
        event.preventDefault()
        current.current.approve()
        return
      }
      if (event.ctrlKey || event.metaKey || event.altKey || isTypedInto(event.target)) return
      if (!areSingleKeysOn()) return
      const key = event.key.toLowerCase()
      const answer = answersByKey[key]
      const by = directions[key]
      if (by !== undefined) current.current[event.shiftKey ? 'step' : 'move'](by)
      else if (answer !== undefined) current.current.answer(answer)
      else if (event.key === '?') current.current.help()
      else return
      event.preventDefault()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])
}

function isTypedInto(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches('input, textarea, select'))
  )
}

function isDialogOpen(): boolean {
  return document.querySelector('[role=dialog], [role=menu]') !== null
}
