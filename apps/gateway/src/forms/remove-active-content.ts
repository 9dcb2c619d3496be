import {
  PDFButton,
  PDFDict,
  type PDFDocument,
  PDFName,
  type PDFObject,
  type PDFPage,
  PDFRef,
} from '@cantoo/pdf-lib'

const scripts = ['AA', 'A'].map((key) => PDFName.of(key))

/**
 * Removes everything that could change a form after it was checked, or keep people from reading and changing it: Print and Clear buttons,
 * scripts of fields and of the document, the flag that makes viewers draw the boxes again with their own fonts, and rights that were
 * granted for the blank form.
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
  for (const { node } of document.getPages()) removePageActions(node)
  removeGrantedRights(document)
}

/** Links to places stay. */
const harmless = ['/GoTo', '/URI']

function removePageActions(page: PDFPage['node']): void {
  page.delete(PDFName.of('AA'))
  for (const one of page.Annots()?.asArray() ?? []) {
    const annotation = page.context.lookup(one)
    if (!(annotation instanceof PDFDict)) continue
    annotation.delete(PDFName.of('AA'))
    const action = annotation.lookup(PDFName.of('A'))
    if (action instanceof PDFDict && !harmless.includes(String(action.lookup(PDFName.of('S')))))
      annotation.delete(PDFName.of('A'))
  }
}

/**
 * Usage rights and certifications are signatures over the blank form. Acrobat refuses to show or to edit a file that has changed since.
 * No part of an XFA form may stay either: viewers would show that one instead.
 */
function removeGrantedRights(document: PDFDocument): void {
  const { catalog, context } = document
  const perms = catalog.lookup(PDFName.of('Perms'))
  if (perms instanceof PDFDict) {
    // Its signatures too: an object that nothing refers to stays in the file.
    for (const granted of perms.values()) removeObject(document, granted)
  }
  removeObject(document, catalog.get(PDFName.of('Perms')))
  for (const key of ['Perms', 'DSS', 'Legal', 'NeedsRendering']) catalog.delete(PDFName.of(key))
  const { dict } = document.getForm().acroForm
  const xml = dict.lookup(PDFName.of('XFA'))
  if (xml !== undefined) removeObject(document, dict.get(PDFName.of('XFA')))
  for (const key of ['XFA', 'SigFlags']) dict.delete(PDFName.of(key))
  // Encryption ends with saving; only its entry would remain.
  if (context.trailerInfo.Encrypt !== undefined) delete context.trailerInfo.Encrypt
}

function removeObject({ context }: PDFDocument, object: PDFObject | undefined): void {
  if (object instanceof PDFRef) context.delete(object)
}
