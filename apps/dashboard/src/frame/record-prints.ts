import type { PrintRequest } from '@authscript/prior-auth'
import { json, sendFor } from '../api/client.ts'

const orderPath = /^\/work-items\/([^/?#]+)/
/** The gateway takes no more at once, and no page shows that many. */
const maxOrders = 500

/** The browser's own print command leaves a row in the audit trail, too. */
export function recordPrints(): () => void {
  const onPrint = () => {
    const shown = shownOnPage()
    // The browser prints whatever comes of it, also when the page is closed at once.
    if (shown !== undefined)
      sendFor('/api/prints', { ...json(shown), keepalive: true }).catch(() => undefined)
  }
  addEventListener('beforeprint', onPrint)
  return () => removeEventListener('beforeprint', onPrint)
}

/** The order that the page is about, or else those that it lists: what is in the document is printed. */
function shownOnPage(): PrintRequest | undefined {
  const { pathname, search } = location
  const own = idIn(pathname)
  if (own !== undefined) return { workItemIds: [own] }
  const links = document.querySelectorAll('main a[href^="/work-items/"]')
  const listed = new Set([...links].flatMap((link) => idIn(link.getAttribute('href') ?? '') ?? []))
  if (listed.size > 0) return { workItemIds: [...listed].slice(0, maxOrders) }
  const query = new URLSearchParams(pathname === '/chart' ? search : '')
  const [practiceId, encounterId] = [query.get('practiceId'), query.get('encounterId')]
  return practiceId && encounterId ? { practiceId, encounterId } : undefined
}

function idIn(path: string): string | undefined {
  const [, id] = orderPath.exec(path) ?? []
  return id === undefined ? undefined : decodeURIComponent(id)
}
