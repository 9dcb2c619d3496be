import { useEffect } from 'react'

/** The title of the window says where one is: tabs and screen readers show nothing else of a page. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · AuthScript`
  }, [title])
}
