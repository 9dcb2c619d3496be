import { PDFDict, PDFDocument, PDFName, PDFStream } from '@cantoo/pdf-lib'
import { type AttachmentType, fileTypeOf } from './file-type.ts'
import { prepareImage } from './prepare-image.ts'
import { preparePdf } from './prepare-pdf.ts'
import { UnusableFile } from './unusable-file.ts'

/** A file as it travels with a request: pages of letter paper with nothing but what is printed on them. */
export interface PreparedAttachment {
  readonly type: AttachmentType
  readonly pdf: Uint8Array
  readonly pages: number
}

/** Fixed, so that the same file gives the same bytes. */
const epoch = new Date(0)

/**
 * Reads a file that a person chose, and draws it on pages of its own.
 *
 * @throws {UnusableFile} it is of another type, encrypted, damaged or too large to draw
 */
export async function prepareAttachment(bytes: Uint8Array): Promise<PreparedAttachment> {
  const type = fileTypeOf(bytes)
  if (type === undefined)
    throw new UnusableFile('only PDF, PNG and JPEG can be attached; this file is none of them')
  const document = await PDFDocument.create({ updateMetadata: false })
  document.setCreationDate(epoch)
  document.setModificationDate(epoch)
  await (type === 'pdf' ? preparePdf(document, bytes) : prepareImage(document, type, bytes))
  removeReferences(document)
  return {
    type,
    pdf: await document.save({ objectsPerTick: Number.POSITIVE_INFINITY }),
    pages: document.getPageCount(),
  }
}

/** Keys that lead to more than what is drawn: to scripts, other files, other documents and data about the author. */
const dictKeys = [
  'AA',
  'JS',
  'AF',
  'EF',
  'Metadata',
  'PieceInfo',
  'Alternates',
  'OPI',
  'StructParent',
  'StructParents',
]
/** Of streams only: elsewhere these names mean something else. */
const streamKeys = ['F', 'FFilter', 'FDecodeParms', 'Ref']

function removeReferences(document: PDFDocument): void {
  for (const [, object] of document.context.enumerateIndirectObjects()) {
    const dict = object instanceof PDFStream ? object.dict : object
    if (!(dict instanceof PDFDict)) continue
    const keys = object instanceof PDFStream ? [...dictKeys, ...streamKeys] : dictKeys
    for (const key of keys) dict.delete(PDFName.of(key))
  }
}
