import type { QueueSummary, QueueView } from '@authscript/prior-auth'
import { Link } from '@tanstack/react-router'

export const viewLabels: Readonly<Record<QueueView, string>> = {
  mine: 'Mine',
  open: 'Open',
  needs_information: 'Needs information',
  ready_to_sign: 'Ready to sign',
  to_send: 'To send',
  waiting_for_payer: 'Waiting for payer',
  failed: 'Failed',
  all: 'All',
}
const views = Object.keys(viewLabels) as readonly QueueView[]

/** The views as links, so that each can be bookmarked and opened in a tab of its own. A search and filters go with one. */
export function ViewLinks({
  view,
  counts,
}: {
  readonly view: QueueView | undefined
  readonly counts: QueueSummary['views'] | undefined
}) {
  return (
    <nav
      aria-label="Views"
      className="-mx-4 overflow-x-auto px-4 min-[900px]:mx-0 min-[900px]:px-0"
    >
      <ul className="flex min-w-max gap-1 border-b border-line">
        {views.map((one) => (
          <li key={one}>
            <Link
              to="/"
              search={(before) => ({ ...before, view: one })}
              aria-current={view === one ? 'page' : undefined}
              className="-mb-px flex items-center gap-2 border-b-2 border-transparent px-3 py-2 text-soft hover:text-ink aria-[current=page]:border-accent aria-[current=page]:font-semibold aria-[current=page]:text-ink"
            >
              {viewLabels[one]}
              <span
                className={`min-w-6 rounded-full px-1.5 py-0.5 text-center text-xs tabular-nums ${one === 'failed' && (counts?.failed ?? 0) > 0 ? 'bg-bad-soft text-bad' : 'bg-quiet-soft text-quiet'}`}
              >
                {counts?.[one].toLocaleString('en-US') ?? '·'}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
