import type { Analysis } from '@authscript/prior-auth'
import { Notices } from './questions/summary.tsx'
import { useReview } from './review-state.tsx'

type NotAssessedOutcome = Exclude<Analysis['outcome'], 'assessed'>

/** The state, and what a person does next; undefined: nothing. */
const words: Readonly<
  Record<NotAssessedOutcome, { readonly title: string; readonly next: string | undefined }>
> = {
  no_policy: {
    title: 'There are no criteria for this order',
    next: 'Next: ask the payer whether it needs prior authorization, and use the payer’s own form if it does. Close the order when that is settled.',
  },
  not_required: { title: 'No prior authorization is required', next: undefined },
  no_procedure_code: {
    title: 'The order has no procedure code',
    next: 'Next: add the code to the order in the EHR, then have the chart read again (under “More”).',
  },
}

/** Why an order has neither questions nor a form. */
export function NotAssessed() {
  const { order, isDraft, isWorker } = useReview()
  const { analysis, review } = order
  if (analysis.outcome === 'assessed') return null
  const { title, next } = words[analysis.outcome]
  const isOpen = isDraft || review === 'no_policy' || review === 'missing_data'
  return (
    <div className="space-y-3 p-4" data-not-assessed={analysis.outcome}>
      <h3 className="text-base font-semibold">{title}</h3>
      {next !== undefined && isOpen && isWorker && <p className="font-medium">{next}</p>}
      <p className="text-soft first-letter:uppercase">{analysis.reason}.</p>
      <Notices notices={analysis.notices ?? []} />
    </div>
  )
}
