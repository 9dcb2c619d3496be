import type { GatewayEvent, ReviewState } from '@authscript/prior-auth'

const outcomes: Readonly<Record<ReviewState, string>> = {
  ready_for_review: 'form is ready for review',
  missing_data: 'form is drafted, answers are missing',
  requirements_not_met: 'form is drafted, requirements are not met',
  no_policy: 'no form: there is no policy for this order',
  not_required: 'no form: prior authorization is not required',
  approved: 'form is approved',
  submitted: 'form is in the chart',
  closed: 'closed',
  superseded: 'superseded: the encounter was re-opened, or the order is gone',
}

const idWidth = 28

/**
 * One line with ids and outcome when an order or an encounter is done; undefined for intermediate steps, and for failures, which are in
 * the log.
 */
export function outcomeLine(event: GatewayEvent): string | undefined {
  switch (event.eventType) {
    case 'WORK_ITEM_STATUS_CHANGED':
      return line(
        event,
        event.data.serviceRequestId ?? event.data.workItemId,
        outcomes[event.data.newStatus],
      )
    case 'EncounterProcessed':
      return event.data.workItemCount === 0
        ? line(event, '', 'no order needs prior authorization')
        : undefined
    case 'WriteBackNeedsDecision':
      return line(event, event.data.workItemId, 'may be in the chart: a person has to decide')
    default:
      return undefined
  }
}

/** "12 encounters are processed: 9 × form is ready for review, 2 × form is drafted, answers are missing; 1 failed". */
export function summaryLine(events: readonly GatewayEvent[]): string {
  const newest = new Map<string, ReviewState>()
  let processed = 0
  let failed = 0
  for (const { eventType, data } of events) {
    if (eventType === 'WORK_ITEM_STATUS_CHANGED') newest.set(data.workItemId, data.newStatus)
    if (eventType === 'EncounterProcessed') processed += 1
    if (eventType === 'EncounterProcessingFailed') failed += 1
  }
  const counts = Object.entries(outcomes).flatMap(([state, outcome]) => {
    const count = [...newest.values()].filter((one) => one === state).length
    return count === 0 ? [] : [`  ${String(count).padStart(3)}  ${outcome}`]
  })
  return [
    `${processed} encounters are processed${failed === 0 ? '' : `, ${failed} failed (the log says why)`}:`,
    ...counts,
  ].join('\n')
}

function line({ timestamp, data }: GatewayEvent, id: string, outcome: string): string {
  const ids = [data.encounterId, id].map((one) => one.padEnd(idWidth))
  return `${timestamp.slice(11, 19)} ${ids.join(' ')} ${outcome}`
}
