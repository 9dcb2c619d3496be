import type { PDFCheckBox, PDFTextField, PDFWidgetAnnotation } from '@cantoo/pdf-lib'

/** Values of a chart that forms ask for in patterns of their own. */
export const values = {
  'patient.name': 'Ann Testcase',
  'patient.birthDate': '03/02/1970',
  'patient.phone': '512-555-0100',
  'patient.zip4': '78701-1234',
  'requester.npi': '1234567893',
  'facility.taxId': '12-3456789',
  'coverage.memberId': 'M123',
} as const

export function firstWidget(field: PDFTextField | PDFCheckBox): PDFWidgetAnnotation {
  const [widget] = field.acroField.getWidgets()
  if (widget === undefined) throw new Error('no widget')
  return widget
}
