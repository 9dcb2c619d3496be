import type { EncounterView, ReviewState, WorkItemSummary } from '@authscript/prior-auth'

/** An encounter with its orders, as one block of the queue. */
export interface QueueRow {
  readonly encounter: EncounterView
  readonly items: readonly WorkItemSummary[]
}

export type Filter = 'all' | 'ready' | 'attention' | 'progress' | 'failed' | 'done'

const attention: ReadonlySet<ReviewState> = new Set([
  'missing_data',
  'requirements_not_met',
  'no_policy',
])

export function joinRows(
  encounters: readonly EncounterView[],
  items: readonly WorkItemSummary[],
): readonly QueueRow[] {
  const byEncounter = Map.groupBy(items, (item) => `${item.practiceId} ${item.encounterId}`)
  return encounters.map((encounter) => ({
    encounter,
    items: byEncounter.get(`${encounter.practiceId} ${encounter.encounterId}`) ?? [],
  }))
}

export function matchesFilter({ encounter, items }: QueueRow, filter: Filter): boolean {
  switch (filter) {
    case 'all':
      return true
    case 'ready':
      return items.some((item) => item.review === 'ready_for_review')
    case 'attention':
      return items.some((item) => item.needsDecision || attention.has(item.review))
    case 'progress':
      return encounter.processing === 'queued' || encounter.processing === 'running'
    case 'failed':
      return encounter.processing === 'failed'
    case 'done':
      return (
        encounter.processing === 'processed' &&
        items.every((item) => item.review === 'not_required')
      )
    default:
      return filter satisfies never
  }
}

export function matchesSearch({ encounter, items }: QueueRow, text: string): boolean {
  const wanted = text.trim().toLowerCase()
  if (wanted === '') return true
  const labels = [
    encounter.encounterId,
    encounter.patientId,
    encounter.patientInitials ?? '',
    ...items.flatMap((item) => [
      item.procedureCode ?? '',
      item.orderDescription ?? '',
      item.policyTitle ?? '',
    ]),
  ]
  return labels.some((word) => word.toLowerCase().includes(wanted))
}
