import { useEffect, useRef } from 'react'

/** Speech input types letters, so people can turn single keys off (WCAG 2.1.4). */
const settingKey = 'authscript.single-keys'

export function areSingleKeysOn(): boolean {
  return localStorage.getItem(settingKey) !== 'off'
}

export function setSingleKeys(areOn: boolean): void {
  localStorage.setItem(settingKey, areOn ? 'on' : 'off')
}

/** Keys of a page. They do nothing while something is typed or a dialog is open. */
export function useSingleKeys(actions: Readonly<Record<string, () => void>>): void {
  const current = useRef(actions)
  current.current = actions
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const { key, target } = event
      const action = Object.hasOwn(current.current, key) ? current.current[key] : undefined
      if (action === undefined || event.ctrlKey || event.metaKey || event.altKey) return
      const isTyping =
        target instanceof HTMLElement &&
        (target.isContentEditable || target.matches('input:not([type=checkbox]), textarea, select'))
      if (isTyping || !areSingleKeysOn()) return
      if (document.querySelector('[role=dialog], [role=menu]') !== null) return
      event.preventDefault()
      action()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])
}
