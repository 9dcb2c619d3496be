import {
  AcroTextFlags,
  PDFButton,
  PDFDict,
  type PDFDocument,
  PDFName,
  PDFNumber,
  PDFTextField,
} from '@cantoo/pdf-lib'
import { layersOf } from './layers.ts'
import { isSeen, uprightRectangle } from './widget-places.ts'

const maxLen = PDFName.of('MaxLen')
const printFlag = 0b100
const invisibleFlag = 0b1

/**
 * Corrects what forms get wrong about their boxes, so that what is written is where it is expected, whole, and on paper. `mapped`: the
 * names of the fields that are filled. Others that nobody can change may be meant for the screen only.
 */
export function normalizeFields(
  document: PDFDocument,
  mapped: ReadonlySet<string> = new Set(),
): void {
  const layerOf = layersOf(document)
  for (const field of document.getForm().getFields()) {
    if (field instanceof PDFTextField) normalizeLimit(field)
    for (const widget of field.acroField.getWidgets()) {
      // Some forms swap the corners of a box; text drawn at its origin would then appear one box too high.
      if (widget.dict.has(PDFName.of('Rect')))
        widget.setRectangle(uprightRectangle(widget.getRectangle()))
      // What is seen is printed: the payer gets paper or a fax.
      const isForScreen = field.isReadOnly() && !mapped.has(field.getName())
      if (field instanceof PDFButton || isForScreen || !isSeen(widget, layerOf)) continue
      widget.setFlags((widget.getFlags() | printFlag) & ~invisibleFlag)
      if (!layerOf(widget.dict).isPrinted) widget.dict.delete(PDFName.of('OC'))
    }
  }
}

/** A limit may come from the parent of a field. A limit of 0 or less is none, as viewers read it; a comb without a limit is no comb. */
function normalizeLimit(field: PDFTextField): void {
  const family = familyOf(field.acroField.dict)
  const limit = family
    .map((one) => one.lookup(maxLen))
    .find((one) => one instanceof PDFNumber)
    ?.asNumber()
  if (limit === undefined || limit < 1) {
    for (const one of family) one.delete(maxLen)
    field.acroField.clearFlag(AcroTextFlags.Comb)
    return
  }
  field.acroField.dict.set(maxLen, PDFNumber.of(Math.floor(limit)))
}

/** A field and its parents, the nearest first. A broken file may have a circle of them. */
function familyOf(dict: PDFDict): readonly PDFDict[] {
  const family = [dict]
  for (;;) {
    const parent = family.at(-1)?.lookup(PDFName.of('Parent'))
    if (!(parent instanceof PDFDict) || family.includes(parent)) return family
    family.push(parent)
  }
}
