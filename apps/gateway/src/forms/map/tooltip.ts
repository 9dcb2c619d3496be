import { type PDFField, PDFHexString, PDFName, PDFString } from '@cantoo/pdf-lib'

/** What a viewer says when a person points at the field; empty if nothing. */
export function tooltipOf(field: PDFField): string {
  const text = field.acroField.dict.lookup(PDFName.of('TU'))
  return text instanceof PDFString || text instanceof PDFHexString ? text.decodeText() : ''
}
