import { type AnswerChange, isDrafted } from '@authscript/prior-auth'
import type { AttachmentSummaryRow } from '../../store/attachments.ts'
import type { FormEntryRow } from '../../store/form-entries.ts'
import type { Scope } from '../../store/scope.ts'
import type { FormSummaryRow, WorkItemDetailRow } from '../../store/work-items.ts'
import type { LatestWriteBackRow } from '../../store/write-backs.ts'
import type { ReviewDependencies } from '../change-outcome.ts'
import { payerFormOf } from './payer-form-of.ts'

/** Everything that the review page shows of one work item. */
export interface ReadDraft {
  readonly item: WorkItemDetailRow
  readonly form: FormSummaryRow | undefined
  readonly writeBack: LatestWriteBackRow | undefined
  readonly attachments: readonly AttachmentSummaryRow[]
  readonly changes: readonly AnswerChange[]
  readonly entries: readonly FormEntryRow[]
  /** Null if the chart does not say, or was not kept. */
  readonly gender: string | null
  /** What was typed last for the same provider. */
  readonly rememberedEntries: Readonly<Record<string, string>>
  /** The values on the form, by FormField; empty without a form, or if the chart was not kept. */
  readonly formValues: Readonly<Record<string, string>>
  /** What each box of the form is for, by its name in the PDF. */
  readonly boxPurposes: Readonly<Record<string, string>>
}

/** Fields with the same value on most orders of a provider: the contact for the payer. */
const rememberedFields = String.raw`^values\.requester\..+$`

/** Fields with the same value on most orders of a provider for one procedure: who performs it, and where. */
const rememberedOfProcedure = String.raw`^(values\.(servicing|facility)\..+|choices\.setting)$`

export async function readDraft(
  scope: Scope,
  workItemId: string,
  { store, forms, draftContent, dayOf }: ReviewDependencies,
): Promise<ReadDraft | undefined> {
  const item = await store.workItems.find(scope, workItemId)
  if (item === undefined) return undefined
  const { practice_id: practiceId, encounter_id: encounterId, provider_name: providerName } = item
  const { analysis } = item
  const isOpen = isDrafted(item.review) && providerName !== null
  const [form, writeBack, attachments, changes, entries, chart, rememberedEntries] =
    await Promise.all([
      store.workItems.formSummary(scope, workItemId),
      store.writeBacks.latest(workItemId),
      store.attachments.list(workItemId),
      store.answerChanges.list(workItemId),
      store.formEntries.list(workItemId),
      store.charts.find({ practiceId, encounterId }),
      isOpen
        ? store.formEntries.last(
            { workItemId, practiceId, providerName, procedureCode: item.procedure_code },
            rememberedFields,
            rememberedOfProcedure,
          )
        : {},
    ])
  const read = { item, form, writeBack, attachments, changes, entries, rememberedEntries }
  const gender = chart?.bundle.patient.gender ?? null
  if (form === undefined || chart === undefined || analysis.outcome !== 'assessed')
    return { ...read, gender, formValues: {}, boxPurposes: {} }
  const input = {
    changes,
    entries: Object.fromEntries(entries.map(({ field, value }) => [field, value])),
  }
  // The day of the request on the form is the day on which it was filled.
  const content = draftContent(chart.bundle, analysis, dayOf(practiceId, form.filled_at), input)
  const { values, purposes } = await forms.boxesOf(content, payerFormOf(form))
  return { ...read, gender, formValues: values, boxPurposes: purposes }
}
