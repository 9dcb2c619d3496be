import { PDFButton, PDFDict, type PDFDocument, PDFName } from '@cantoo/pdf-lib'

const scripts = ['AA', 'A'].map((key) => PDFName.of(key))

/**
 * Removes everything that could change a form after it was checked: Print and Clear buttons, scripts of fields and of the document,
 * and the flag that makes viewers draw the boxes again with their own fonts.
 */
export function removeActiveContent(document: PDFDocument): void {
  const form = document.getForm()
  for (const field of form.getFields()) {
    if (field instanceof PDFButton) {
      form.removeField(field)
      continue
    }
    for (const dict of [
      field.acroField.dict,
      ...field.acroField.getWidgets().map((one) => one.dict),
    ])
      for (const key of scripts) dict.delete(key)
  }
  form.acroForm.dict.delete(PDFName.of('NeedAppearances'))
  form.acroForm.dict.delete(PDFName.of('CO'))
  const { catalog } = document
  catalog.delete(PDFName.of('AA'))
  const names = catalog.lookup(PDFName.of('Names'))
  if (names instanceof PDFDict) names.delete(PDFName.of('JavaScript'))
  const action = catalog.lookup(PDFName.of('OpenAction'))
  if (action instanceof PDFDict) catalog.delete(PDFName.of('OpenAction'))
}
