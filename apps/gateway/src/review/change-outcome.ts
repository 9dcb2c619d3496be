import type { FormFiller } from '../forms/form-filler.ts'
import type { Analysis, ClinicalBundle, FormContent, PeopleInput } from '@authscript/prior-auth'
import { type Clock, timeLimit } from '../clock.ts'
import { GatewayError } from '../errors.ts'
import type { DurableQueue } from '../jobs/durable-queue.ts'
import type { AuditSubject } from '../store/audit-entry.ts'
import type { WorkItemSubject } from '../store/events.ts'
import type { Store } from '../store/store.ts'
import type { AttachmentLimits } from './attachments/attachment-limits.ts'

/** What a person acts on: the version that they saw. Acting on any other is refused. */
export interface SeenItem {
  readonly workItemId: string
  readonly version: number
  /** The label of the person. */
  readonly actor: string
}

/** Codes of docs/errors.md. */
export type RefusalCode =
  | 'not_drafted'
  | 'chart_not_kept'
  | 'form_not_filled'
  | 'identity_from_chart'
  | 'evidence_not_in_chart'
  | 'not_approvable'
  | 'reason_required'
  | 'not_closable'
  | 'not_reopenable'
  | 'form_on_its_way'
  | 'not_in_chart'
  | 'not_sent_yet'
  | 'sent_already'
  | 'asked_already'
  | 'nothing_asked'
  | 'date_implausible'
  | 'owner_unknown'
  | 'too_many_attachments'
  | 'attachment_unusable'
  | 'attachments_too_large'
  | 'document_not_kept'
  | 'not_approved'
  | 'fax_contact_needed'
  | 'signature_unknown'
  | 'no_signature_box'

export interface Refused {
  readonly outcome: 'refused'
  readonly code: RefusalCode
  /** A sentence for the person. */
  readonly detail: string
  readonly issues?: readonly { readonly path: string; readonly message: string }[]
}

export type ChangeOutcome =
  | { readonly outcome: 'done' }
  /** There is no such work item, or no such question of it. */
  | { readonly outcome: 'unknown'; readonly what: string }
  /** It has changed since the version that the person saw. */
  | { readonly outcome: 'stale' }
  | Refused

export const done = { outcome: 'done' } as const
export const stale = { outcome: 'stale' } as const

export function unknownItem(workItemId: string) {
  return { outcome: 'unknown', what: `work item ${workItemId}` } as const
}

export function refused(code: RefusalCode, detail: string): Refused {
  return { outcome: 'refused', code, detail }
}

export interface ReviewDependencies {
  readonly store: Store
  readonly queue: DurableQueue
  readonly forms: Pick<
    FormFiller,
    'fill' | 'mark' | 'assemble' | 'prepareAttachment' | 'prepareSignature' | 'boxesOf'
  >
  readonly attachmentLimits: AttachmentLimits
  /** What goes on the form: the chart, the answers that count, and what people typed. */
  draftContent(
    bundle: ClinicalBundle,
    analysis: Analysis,
    requestDay: string,
    input: PeopleInput,
  ): FormContent
  /** The day on the practice's calendar, `YYYY-MM-DD`. */
  dayOf(practiceId: string, at: Date): string
  /** Day and time in the practice, as people read it. */
  timeOf(practiceId: string, at: Date): string
  readonly clock: Clock
}

/** The patient and encounter of a row of the audit trail about a work item. */
export function toAuditSubject(
  item: Pick<WorkItemSubject, 'practice_id' | 'patient_id' | 'encounter_id' | 'work_item_id'>,
): AuditSubject {
  return {
    practiceId: item.practice_id,
    patientId: item.patient_id,
    encounterId: item.encounter_id,
    workItemId: item.work_item_id,
  }
}

/** Short, because a person waits for the form. */
const formTimeoutMs = 30_000

/** The form that `make` returns, or a refusal that says why it failed. Nothing is changed in either case. */
export async function tryForm<Form>(
  make: (signal: AbortSignal) => Promise<Form>,
): Promise<Form | Refused> {
  using limit = timeLimit(new AbortController().signal, formTimeoutMs)
  try {
    return await make(limit.signal)
  } catch (error) {
    if (!(error instanceof GatewayError) && !limit.isOver) throw error
    const why = limit.isOver ? 'it took too long' : (error as GatewayError).message
    return refused(
      'form_not_filled',
      `the form could not be filled, and nothing was changed: ${why}`,
    )
  }
}

export function isRefused(value: object): value is Refused {
  return 'outcome' in value && value.outcome === 'refused'
}
