import { isDrafted } from '@authscript/prior-auth'
import type { Scope } from '../../store/scope.ts'
import {
  isRefused,
  type Refused,
  refused,
  type ReviewDependencies,
  tryForm,
  unknownItem,
} from '../change-outcome.ts'
import { approvedDocumentOf } from './approved-document.ts'

export interface ReadDocument {
  readonly outcome: 'document'
  readonly pdf: Uint8Array
  readonly sha256: string
}

export type DocumentOutcome = ReadDocument | ReturnType<typeof unknownItem> | Refused

/**
 * What goes to the chart and to the payer: the form, its addendum and the attachments. For a draft, what would be sent now; otherwise what
 * was approved.
 */
export async function readDocument(
  scope: Scope,
  workItemId: string,
  { store, forms }: Pick<ReviewDependencies, 'store' | 'forms'>,
): Promise<DocumentOutcome> {
  const item = await store.workItems.find(scope, workItemId)
  const form = item && (await store.workItems.form(scope, workItemId))
  if (item === undefined || form === undefined) return unknownItem(workItemId)
  if (!isDrafted(item.review) && form.document_sha256 !== null) {
    const approved = approvedDocumentOf(form)
    return approved === undefined
      ? refused(
          'document_not_kept',
          'the document as it was sent was deleted with the chart; the EHR has it',
        )
      : { outcome: 'document', ...approved }
  }
  const attachments = await store.attachments.withPages(workItemId)
  if (attachments.length === 0) return { outcome: 'document', pdf: form.pdf, sha256: form.sha256 }
  const assembled = await tryForm((signal) =>
    forms.assemble({ pdf: form.pdf, attachments: attachments.map(toNamed) }, signal),
  )
  return isRefused(assembled) ? assembled : { outcome: 'document', ...assembled }
}

/** Only what the threads need. */
export function toNamed({ name, pdf }: { readonly name: string; readonly pdf: Uint8Array }) {
  return { name, pdf }
}
