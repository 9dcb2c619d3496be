import type { EncounterDetail, WorkItemSummary } from '@authscript/prior-auth'
import { Link } from '@tanstack/react-router'
import { ChevronRight } from 'lucide-react'

/** The stage of an order, with the same names as in the queue. */
const words: Readonly<Record<WorkItemSummary['review'], string>> = {
  ready_for_review: 'Ready to sign',
  missing_data: 'Needs information',
  requirements_not_met: 'Criteria not met',
  no_policy: 'No criteria',
  not_required: 'Not required',
  approved: 'Going to chart',
  submitted: 'In chart',
  closed: 'Closed',
  superseded: 'Superseded',
}

/** The orders of an encounter, each to be opened. */
export function OrderList({ encounter }: { encounter: EncounterDetail }) {
  const orders = encounter.workItems.filter(({ review }) => review !== 'superseded')
  if (orders.length === 0) return null
  return (
    <ul
      aria-label="Orders of the encounter"
      className="divide-y divide-line rounded-xl border border-line bg-panel"
    >
      {orders.map((order) => (
        <li key={order.workItemId}>
          <Link
            to="/work-items/$workItemId"
            params={{ workItemId: order.workItemId }}
            data-order={order.workItemId}
            className="flex min-h-11 items-center gap-3 px-4 py-2.5 hover:bg-quiet-soft"
          >
            <span className="min-w-0 grow">
              <span className="block font-medium break-words">
                {order.orderDescription ?? order.policyTitle ?? 'Order'}
                {order.procedureCode !== null && ` ${order.procedureCode}`}
              </span>
              <span className="block text-soft">
                {order.needsDecision ? 'Needs a decision' : words[order.review]}
              </span>
            </span>
            <ChevronRight aria-hidden className="size-4 shrink-0 text-soft" />
          </Link>
        </li>
      ))}
    </ul>
  )
}
