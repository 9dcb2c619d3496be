import type { PayerFormVersion } from '../../store/payer-forms.ts'
import type { FormSummaryRow } from '../../store/work-items.ts'

/** The uploaded form on which an order was filled; null: on another one; undefined: there is no form, so one is chosen. */
export function payerFormOf(
  form: Pick<FormSummaryRow, 'payer_form_id' | 'payer_form_version'> | undefined,
): PayerFormVersion | null | undefined {
  if (form === undefined) return undefined
  const { payer_form_id: formId, payer_form_version: version } = form
  return formId === null || version === null ? null : { formId, version }
}
