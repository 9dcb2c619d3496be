import { now } from '../clock.ts'
import { EhrLink } from './ehr-link.ts'

const keptName = 'authscript-sent-to-ehr'

/** The messages of this window. */
export const ehrLink = new EhrLink({
  parent: window.parent,
  parentOrigin: window.location.ancestorOrigins?.[0],
  listen(hear) {
    window.addEventListener('message', hear)
    return () => window.removeEventListener('message', hear)
  },
  now,
  isReload: performance
    .getEntriesByType('navigation')
    .some((entry) => entry instanceof PerformanceNavigationTiming && entry.type === 'reload'),
  kept: {
    // A browser may keep nothing in a frame.
    read() {
      try {
        return sessionStorage.getItem(keptName)
      } catch {
        return null
      }
    },
    write(text) {
      try {
        sessionStorage.setItem(keptName, text)
      } catch {}
    },
  },
})
