import type { QueueRow } from '@authscript/prior-auth'

type DueDays = Pick<QueueRow, 'plannedOn' | 'dueOn' | 'urgency'>

/** Marks an urgent order, and says why it is due before its planned day. Nothing for the others. */
export function UrgentMark({ order }: { order: DueDays }) {
  if (order.urgency !== 'urgent') return null
  return (
    <strong
      data-urgent
      title={urgentWords(order)}
      className="rounded bg-warn-soft px-1.5 text-xs leading-5 font-semibold text-warn"
    >
      Urgent
    </strong>
  )
}

const urgentWords = ({ plannedOn, dueOn }: DueDays): string =>
  dueOn !== null && dueOn !== plannedOn
    ? 'Urgent: due 72 hours after the encounter was signed, as long as a payer may take to decide'
    : 'Urgent'
