import type { QueueSummary, QueueView, SavedView } from '@authscript/prior-auth'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Bookmark } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import type { QueueSearch } from '../../api/queue.ts'
import { savedViewQueries } from '../../api/saved-views.ts'
import { lazyPart } from '../../ui/lazy-part.tsx'
import { moveFocus } from '../../ui/roving-focus.ts'
import { isSameSearch } from './same-search.ts'
import { viewLabels } from './view-labels.ts'
import { inSavedView, inView } from './view-search.ts'

const views = Object.keys(viewLabels) as readonly QueueView[]

const SavedViewsPart = lazyPart(
  async () => (await import('./saved-views/saved-views-dialog.tsx')).SavedViewsDialog,
)

/** The others are in the dialog. */
const maxInBar = 3
const item =
  '-mb-px flex items-center gap-1.5 border-b-2 border-transparent px-2 py-2 whitespace-nowrap text-soft hover:text-ink data-current:border-accent data-current:text-ink'

/** The views as links, so that each can be bookmarked and opened in a tab of its own. */
export function ViewLinks({
  search,
  view,
  counts,
}: {
  readonly search: QueueSearch
  readonly view: QueueView | undefined
  readonly counts: QueueSummary['views'] | undefined
}) {
  const saved = useQuery(savedViewQueries.list()).data ?? noViews
  const [isOpen, setIsOpen] = useState(false)
  const [focused, setFocused] = useState<string>()
  const current = saved.find((one) => isSameSearch(one.search, { ...search, view }))
  const inBar = saved.slice(0, maxInBar)
  const bar = useRef<HTMLElement>(null)
  const currentId = current?.viewId
  useEffect(() => {
    // On a narrow screen the bar is scrolled to the view that is open. The page stays where it is.
    const link = bar.current?.querySelector<HTMLElement>('[data-current]')
    if (bar.current === null || link === null || link === undefined) return
    const { scrollLeft, clientWidth } = bar.current
    const end = link.offsetLeft + link.offsetWidth
    if (link.offsetLeft < scrollLeft || end > scrollLeft + clientWidth)
      bar.current.scrollLeft = link.offsetLeft - (clientWidth - link.offsetWidth) / 2
  }, [view, currentId])
  // The one stop of the Tab key.
  const stop = focused ?? (current !== undefined && inBar.includes(current) ? current.viewId : view)
  const stopAt = (key: string) => ({
    tabIndex: key === (stop ?? 'open') ? 0 : -1,
    onFocus: () => setFocused(key),
  })
  return (
    <nav
      ref={bar}
      aria-label="Views"
      className="relative -mx-4 overflow-x-auto px-4 min-[900px]:mx-0 min-[900px]:px-0"
    >
      <div
        role="toolbar"
        aria-label="Views"
        onKeyDown={moveFocus}
        onBlur={({ currentTarget, relatedTarget }) =>
          !currentTarget.contains(relatedTarget) && setFocused(undefined)
        }
        className="flex min-w-max gap-x-0.5 border-b border-line min-[900px]:min-w-0 min-[900px]:flex-wrap"
      >
        {views.map((one) => (
          <Link
            key={one}
            to="/"
            search={(before) => inView(one, before)}
            data-current={view === one && current === undefined ? true : undefined}
            className={item}
            {...stopAt(one)}
          >
            {viewLabels[one]}
            <Count
              count={counts?.[one]}
              style={
                one === 'failed' && (counts?.failed ?? 0) > 0
                  ? 'bg-bad-soft text-bad'
                  : 'bg-quiet-soft text-quiet'
              }
            />
          </Link>
        ))}
        <button
          type="button"
          onClick={() => setIsOpen(true)}
          aria-haspopup="dialog"
          className={item}
          {...stopAt('saved')}
        >
          <Bookmark aria-hidden className="size-3.5" /> Saved views
        </button>
        {inBar.map((one) => (
          <Link
            key={one.viewId}
            to="/"
            search={(before) => inSavedView(one.search, before)}
            title={one.name}
            data-current={one === current ? true : undefined}
            data-saved-view={one.viewId}
            className={item}
            {...stopAt(one.viewId)}
          >
            <span dir="auto" className="max-w-36 truncate">
              {one.name}
            </span>
          </Link>
        ))}
      </div>
      {isOpen && view !== undefined && (
        <SavedViewsPart search={{ ...search, view }} onClose={() => setIsOpen(false)} />
      )}
    </nav>
  )
}

const short = new Intl.NumberFormat('en-US', { notation: 'compact' })

/** Its width is the same before the count is known, so that no view moves. */
function Count({ count, style }: { readonly count: number | undefined; readonly style: string }) {
  const exact = count?.toLocaleString('en-US')
  return (
    <span
      title={exact}
      className={`w-7 rounded-full py-0.5 text-center text-xs tabular-nums ${style}`}
    >
      {/* Another element for another number: a text that is centered again counts as moved. */}
      <span key={count} aria-hidden>
        {count === undefined ? '·' : short.format(count)}
      </span>
      <span className="sr-only">{exact}</span>
    </span>
  )
}

const noViews: readonly SavedView[] = []
