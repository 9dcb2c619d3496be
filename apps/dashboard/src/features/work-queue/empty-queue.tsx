import type { QueueView } from '@authscript/prior-auth'
import { Link } from '@tanstack/react-router'
import type { QueueSearch } from '../../api/queue.ts'
import { Empty } from '../../ui/notice.tsx'
import { viewLabels } from './view-labels.ts'

const emptyWords: Readonly<Record<QueueView, string>> = {
  mine: 'No order is assigned to you.',
  open: 'Nothing is open. Orders appear here as soon as their encounter is signed in the EHR.',
  needs_information: 'No order lacks information.',
  information_asked: 'Nobody is asked for information.',
  no_criteria: 'There are criteria for every order.',
  ready_to_sign: 'No order waits for a signature.',
  to_send: 'No form in the chart waits to be sent to its payer.',
  waiting_for_payer: 'No order waits for its payer.',
  failed: 'Nothing has failed.',
  all: 'No order yet. Orders appear here as soon as their encounter is signed in the EHR.',
}

/** Why no row is shown, and where the rows are. */
export function EmptyQueue({
  search,
  openCount,
}: {
  readonly search: QueueSearch & { readonly view: QueueView }
  readonly openCount: number
}) {
  const isFiltered =
    search.q !== undefined ||
    search.payer !== undefined ||
    search.provider !== undefined ||
    search.owner !== undefined
  if (isFiltered)
    return (
      <Empty title="No matches">
        No order in “{viewLabels[search.view]}” matches the search and the filters.
        {search.view !== 'all' && (
          <>
            {' '}
            <Link
              to="/"
              search={(before) => ({ ...before, view: 'all' })}
              className="font-medium text-accent underline"
            >
              Search all orders
            </Link>
          </>
        )}
      </Empty>
    )
  return (
    <Empty title="No orders here">
      {emptyWords[search.view]}
      {search.view === 'mine' && openCount > 0 && (
        <>
          {' '}
          <Link to="/" search={{ view: 'open' }} className="font-medium text-accent underline">
            See the {openCount.toLocaleString('en-US')} open
          </Link>
        </>
      )}
    </Empty>
  )
}
