import { PDFDict, PDFDocument, PDFName, PDFString } from '@cantoo/pdf-lib'

/** Makes forms that are refused when they are uploaded. */

export async function encrypted(pdf: Uint8Array): Promise<Uint8Array> {
  const document = await PDFDocument.load(pdf)
  document.encrypt({ userPassword: 'x', ownerPassword: 'y', permissions: {} })
  return document.save()
}

export async function asXfa(pdf: Uint8Array): Promise<Uint8Array> {
  const document = await PDFDocument.load(pdf, { preserveXFA: true })
  const acroForm = document.catalog.lookup(PDFName.of('AcroForm'), PDFDict)
  acroForm.set(PDFName.of('XFA'), PDFString.of('<xdp/>'))
  return document.save({ updateFieldAppearances: false })
}
