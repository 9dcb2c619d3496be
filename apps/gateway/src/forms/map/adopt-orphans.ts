import { PDFArray, PDFDict, type PDFDocument, PDFName, PDFRef } from '@cantoo/pdf-lib'

/**
 * Adds the boxes of pages to the form's list of fields where it lacks them, as viewers do: programs that merge files do not update the
 * list, and a box that is not in it is visible to people but not to software.
 */
export function adoptOrphans(document: PDFDocument): void {
  const acroForm = document.catalog.lookup(PDFName.of('AcroForm'))
  if (!(acroForm instanceof PDFDict)) return
  const fields = acroForm.lookup(PDFName.of('Fields'))
  if (!(fields instanceof PDFArray)) return
  const listed = new Set(fields.asArray())
  for (const page of document.getPages()) {
    for (const annotation of page.node.Annots()?.asArray() ?? []) {
      const top = topOf(document, annotation)
      if (top === undefined || listed.has(top)) continue
      listed.add(top)
      fields.push(top)
    }
  }
}

/** The topmost field that a widget belongs to; undefined if it is not a box of a form. */
function topOf({ context }: PDFDocument, annotation: unknown): PDFRef | undefined {
  let ref = annotation
  const seen = new Set<unknown>()
  while (ref instanceof PDFRef && !seen.has(ref)) {
    seen.add(ref)
    const dict = context.lookup(ref)
    if (!(dict instanceof PDFDict)) return undefined
    const isWidget = dict.lookup(PDFName.of('Subtype')) === PDFName.of('Widget')
    if (seen.size === 1 && !isWidget) return undefined
    const parent = dict.get(PDFName.of('Parent'))
    if (parent === undefined) return dict.has(PDFName.of('T')) ? ref : undefined
    ref = parent
  }
  return undefined
}
