import {
  type AssessedAnalysis,
  type ClinicalBundle,
  type HistoryData,
  type HistoryKind,
  draftedStates,
  expeditedUntil,
  isDrafted,
  type PeopleInput,
  reviewStateOf,
  withAnswerChanges,
} from '@authscript/prior-auth'
import type { Scope } from '../../store/scope.ts'
import type { StoreTransaction } from '../../store/store.ts'
import { payerFormOf } from './payer-form-of.ts'
import {
  type ChangeOutcome,
  done,
  isRefused,
  refused,
  type ReviewDependencies,
  type SeenItem,
  stale,
  tryForm,
  unknownItem,
} from '../change-outcome.ts'

/** A draft as the person saw it. */
export interface SeenDraft {
  /** Of the rules. */
  readonly analysis: AssessedAnalysis
  readonly bundle: ClinicalBundle
  readonly input: PeopleInput
  readonly practiceId: string
}

/** The change: the new input of the form, how it is stored, and the line of the history. */
export interface Redraft {
  readonly input: PeopleInput
  readonly line: { readonly kind: HistoryKind; readonly data: HistoryData }
  save(transaction: StoreTransaction, now: Date): Promise<void>
}

/**
 * Changes a draft: fills its form again with the change, then writes change, form, history line and event in one transaction, unless
 * somebody else has changed the draft meanwhile. The order is not analyzed again. If the form cannot be filled, nothing is changed.
 */
export async function redraft(
  scope: Scope,
  { workItemId, version, actor }: SeenItem,
  plan: (draft: SeenDraft, now: Date) => Redraft | Exclude<ChangeOutcome, { outcome: 'done' }>,
  dependencies: ReviewDependencies,
): Promise<ChangeOutcome> {
  const { store, forms, draftContent, dayOf, clock } = dependencies
  const item = await store.workItems.find(scope, workItemId)
  if (item === undefined) return unknownItem(workItemId)
  if (item.version !== version) return stale
  const { analysis, practice_id: practiceId, encounter_id: encounterId } = item
  if (!isDrafted(item.review) || analysis.outcome !== 'assessed')
    return refused('not_drafted', 'this order has no drafted form that could be changed')
  const chart = await store.charts.find({ practiceId, encounterId })
  if (chart === undefined)
    return refused(
      'chart_not_kept',
      'the chart of this order was not kept; process its encounter again, then change it',
    )
  const now = clock.now()
  const input = await store.peopleInput.of(workItemId)
  const wanted = plan({ analysis, bundle: chart.bundle, input, practiceId }, now)
  if ('outcome' in wanted) return wanted

  const content = draftContent(chart.bundle, analysis, dayOf(practiceId, now), wanted.input)
  const kept = payerFormOf(await store.workItems.formSummary(scope, workItemId))
  const form = await tryForm((signal) => forms.fill(content, signal, kept))
  if (isRefused(form)) return form
  const counted = withAnswerChanges(analysis, wanted.input.changes)
  const answers = counted.outcome === 'assessed' ? counted.answers : []
  // What a person typed overrides the chart, and determines when the order is due.
  const urgency = content.choices.review ?? null
  return store.transaction('Review', async (transaction) => {
    const encounter = await transaction.encounters.find({ practiceId, encounterId })
    const isExpedited = urgency === 'urgent' && encounter !== undefined
    const changes = {
      review: reviewStateOf(counted),
      open_question_count: answers.filter(({ answer }) => answer === 'unclear').length,
      urgency,
      expedited_due_on: isExpedited
        ? dayOf(practiceId, expeditedUntil(encounter.detected_at))
        : null,
    }
    const changed = await transaction.workItems.change(
      { workItemId, version, from: draftedStates },
      changes,
      now,
    )
    if (changed === undefined) return stale
    await wanted.save(transaction, now)
    await transaction.workItems.replaceForm(workItemId, changed.version, form, now)
    await transaction.history.add(
      { workItemId, version: changed.version, actor, ...wanted.line },
      now,
    )
    transaction.workItemStatusChanged(changed)
    return done
  })
}
