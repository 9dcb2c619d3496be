import { PDFArray, PDFDict, type PDFDocument, PDFName, PDFSignature } from '@cantoo/pdf-lib'
import { normalizeFields } from './normalize-fields.ts'
import { openDecrypted } from './without-encryption.ts'

const xfa =
  'the PDF is an XFA form, which only Adobe programs show and fill. Ask the payer for the same form as a fillable PDF without XFA (an AcroForm). If there is none, print it to a PDF in Adobe Reader, add boxes to that with a form editor such as LibreOffice, and upload the result'
export const noFields =
  'the PDF has no form fields: it is made to be printed. Ask the payer for the fillable PDF, or add boxes with a form editor such as LibreOffice'

/** A blank form that is open, with its boxes corrected. */
export interface OpenBlank {
  readonly document: PDFDocument
  /** As it is filled: without an encryption that anybody may open. */
  readonly pdf: Uint8Array
}

/** Opens a blank form once, for all checks; or says why it cannot be used. */
export async function openBlank(pdf: Uint8Array): Promise<OpenBlank | { readonly fault: string }> {
  try {
    const opened = await openDecrypted(pdf)
    const fault = whyUnusable(opened.document)
    if (fault !== undefined) return { fault }
    normalizeFields(opened.document)
    return isSigned(opened.document)
      ? { fault: 'the PDF is already signed; use the blank form' }
      : opened
  } catch (error) {
    return { fault: unreadable(error) }
  }
}

function whyUnusable(document: PDFDocument): string | undefined {
  if (document.isEncrypted)
    return 'the PDF is encrypted, and cannot be opened or filled without a password; save it without one'
  const acroForm = document.catalog.lookup(PDFName.of('AcroForm'))
  if (!(acroForm instanceof PDFDict)) return noFields
  if (acroForm.has(PDFName.of('XFA'))) {
    return xfa
  }
  if (!(acroForm.lookup(PDFName.of('Fields')) instanceof PDFArray)) return noFields
  document.getPageCount()
  return undefined
}

function isSigned(document: PDFDocument): boolean {
  return document
    .getForm()
    .getFields()
    .some((field) => field instanceof PDFSignature && field.acroField.dict.has(PDFName.of('V')))
}

/** The text for an error of the PDF library, which may have any class. */
export function unreadable(error: unknown): string {
  return `cannot be read as a PDF (${error instanceof Error ? error.name : 'unreadable'})`
}
