import { useEffect } from 'react'

/** Sets the title of the window: tabs and screen readers show nothing else of a page. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · AuthScript`
  }, [title])
}
