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

/** Corrects what forms get wrong about their boxes, so that what is written is where it is expected, whole, and on paper. */
export function normalizeFields(document: PDFDocument): void {
  const layerOf = layersOf(document)
  for (const field of document.getForm().getFields()) {
    if (field instanceof PDFTextField) normalizeLimit(field)
    for (const widget of field.acroField.getWidgets()) {
      // Some forms swap the corners of a box; text drawn at its origin would then appear one box too high.
      if (widget.dict.has(PDFName.of('Rect')))
        widget.setRectangle(uprightRectangle(widget.getRectangle()))
      // What is seen is printed: the payer gets paper or a fax.
      if (field instanceof PDFButton || !isSeen(widget, layerOf)) continue
      widget.setFlags((widget.getFlags() | printFlag) & ~invisibleFlag)
      if (!layerOf(widget.dict).isPrinted) widget.dict.delete(PDFName.of('OC'))
    }
  }
}

/** A limit may come from the parent of a field. A limit of 0 or less is none, as viewers read it; a comb without a limit is no comb. */
function normalizeLimit(field: PDFTextField): void {
  const { dict } = field.acroField
  const limit = inheritedLimit(dict)
  if (limit === undefined || limit < 1) {
    for (let one: PDFDict | undefined = dict; one !== undefined; one = parentOf(one))
      one.delete(maxLen)
    field.acroField.clearFlag(AcroTextFlags.Comb)
    return
  }
  dict.set(maxLen, PDFNumber.of(Math.floor(limit)))
}

function inheritedLimit(dict: PDFDict): number | undefined {
  for (let one: PDFDict | undefined = dict; one !== undefined; one = parentOf(one)) {
    const found = one.lookup(maxLen)
    if (found instanceof PDFNumber) return found.asNumber()
  }
  return undefined
}

function parentOf(dict: PDFDict): PDFDict | undefined {
  const parent = dict.lookup(PDFName.of('Parent'))
  return parent instanceof PDFDict ? parent : undefined
}
