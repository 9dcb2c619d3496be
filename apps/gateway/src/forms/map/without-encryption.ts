import {
  PDFDict,
  PDFDocument,
  PDFInvalidObject,
  PDFName,
  PDFNumber,
  type PDFObject,
  PDFRef,
} from '@cantoo/pdf-lib'

const openOptions = {
  updateMetadata: false,
  ignoreEncryption: true,
  preserveXFA: true,
} as const

/**
 * Changing annotations and filling fields, which an owner may allow to all who can open the file.
 *
 * @see ISO 32000-2, table 22: bits 6 and 9
 */
const mayFill = 0b1_0010_0000

/**
 * A form that anybody may open and fill, but not change otherwise, as a file that is not encrypted: the filled form is another file. Any
 * other file as it is.
 */
export async function openDecrypted(
  pdf: Uint8Array,
): Promise<{ readonly document: PDFDocument; readonly pdf: Uint8Array }> {
  const document = await PDFDocument.load(pdf, openOptions)
  if (!document.isEncrypted) return { document, pdf }
  const decrypted = await decrypt(document, pdf)
  if (decrypted === undefined) return { document, pdf }
  return { document: await PDFDocument.load(decrypted, openOptions), pdf: decrypted }
}

async function decrypt(document: PDFDocument, pdf: Uint8Array): Promise<Uint8Array | undefined> {
  try {
    const terms = document.context.lookup(document.context.trailerInfo.Encrypt)
    const allowed = terms instanceof PDFDict ? terms.lookup(PDFName.of('P')) : undefined
    if (!(allowed instanceof PDFNumber) || (allowed.asNumber() & mayFill) === 0) return undefined
    const open = await PDFDocument.load(pdf, { ...openOptions, password: '' })
    removeRemains(open, document.context.trailerInfo.Encrypt)
    return await open.save({ updateFieldAppearances: false })
  } catch {
    // It stays encrypted, and is refused for that.
    return undefined
  }
}

/** The library keeps the terms of the encryption, and the index of the encrypted file as an object that it cannot read. */
function removeRemains({ context }: PDFDocument, terms: PDFObject | undefined): void {
  delete context.trailerInfo.Encrypt
  if (terms instanceof PDFRef) context.delete(terms)
  for (const [ref, object] of context.enumerateIndirectObjects()) {
    if (!(object instanceof PDFInvalidObject)) continue
    const bytes = new Uint8Array(object.sizeInBytes())
    object.copyBytesInto(bytes, 0)
    if (!/\/Type\s*\/XRef\b/.test(Buffer.from(bytes).toString('latin1')))
      throw new Error('an object that cannot be read')
    context.delete(ref)
  }
}
