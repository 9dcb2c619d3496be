import { type PDFDict, type PDFDocument, PDFName, PDFNumber, PDFStream } from '@cantoo/pdf-lib'
import { UnusableFile } from './unusable-file.ts'

/** A page of 11 by 17 inches, scanned with 600 dpi, has 67 million. */
const maxMillions = 120

/**
 * Pictures are copied compressed, so their unpacked size matters only to a viewer of the page: a few kilobytes may unpack to gigabytes.
 *
 * @throws {UnusableFile}
 */
export function refuseHugeImages({ context }: PDFDocument): void {
  for (const [, object] of context.enumerateIndirectObjects()) {
    if (!(object instanceof PDFStream) || !isImage(object.dict)) continue
    if (sideOf(object.dict, 'Width') * sideOf(object.dict, 'Height') > maxMillions * 1e6)
      throw new UnusableFile(
        `a picture in the PDF has more than ${maxMillions} million pixels; scan or print it with 300 dpi`,
      )
  }
}

const isImage = (dict: PDFDict) => dict.lookup(PDFName.of('Subtype')) === PDFName.of('Image')

function sideOf(dict: PDFDict, name: string): number {
  const side = dict.lookup(PDFName.of(name))
  return side instanceof PDFNumber ? side.asNumber() : 0
}
