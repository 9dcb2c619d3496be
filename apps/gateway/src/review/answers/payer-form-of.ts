import type { PayerFormVersion } from '../../store/payer-forms.ts'
import type { FormSummaryRow } from '../../store/work-items.ts'

/** The uploaded form that was filled for an order; null: our own form, or one of the configuration; undefined: none was filled yet. */
export function payerFormOf(
  form: Pick<FormSummaryRow, 'payer_form_id' | 'payer_form_version'> | undefined,
): PayerFormVersion | null | undefined {
  if (form === undefined) return undefined
  const { payer_form_id: formId, payer_form_version: version } = form
  return formId === null || version === null ? null : { formId, version }
}
