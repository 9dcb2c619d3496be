import {
  AcroTextFlags,
  PDFButton,
  PDFDict,
  type PDFDocument,
  PDFHexString,
  PDFName,
  PDFNumber,
  PDFString,
  PDFTextField,
} from '@cantoo/pdf-lib'
import { adoptOrphans } from './adopt-orphans.ts'
import { layersOf } from './layers.ts'
import { isSeen, uprightRectangle } from './widget-places.ts'

const maxLen = PDFName.of('MaxLen')
const printFlag = 0b100
const invisibleFlag = 0b1

/**
 * Corrects common errors of forms in their boxes, so that the text is at the expected place, complete, and printed. `mapped`: the
 * names of the fields that are filled. Others that nobody can change may be meant for the screen only.
 */
export function normalizeFields(
  document: PDFDocument,
  mapped: ReadonlySet<string> = new Set(),
): void {
  adoptOrphans(document)
  const layerOf = layersOf(document)
  for (const field of document.getForm().getFields()) {
    if (field instanceof PDFTextField) {
      normalizeLimit(field)
      normalizeStyles(field)
    }
    for (const widget of field.acroField.getWidgets()) {
      // Some forms swap the corners of a box; text drawn at its origin would then appear one box too high.
      if (widget.dict.has(PDFName.of('Rect')))
        widget.setRectangle(uprightRectangle(widget.getRectangle()))
      // What is visible is also printed, because the payer gets paper or a fax.
      const isForScreen = field.isReadOnly() && !mapped.has(field.getName())
      if (field instanceof PDFButton || isForScreen || !isSeen(widget, layerOf)) continue
      widget.setFlags((widget.getFlags() | printFlag) & ~invisibleFlag)
      if (!layerOf(widget.dict).isPrinted) widget.dict.delete(PDFName.of('OC'))
    }
  }
}

/** An empty rich-text field is treated as a text field. One with a value stays as it is, and cannot be filled. */
function normalizeStyles({ acroField }: PDFTextField): void {
  if (!acroField.hasFlag(AcroTextFlags.RichText)) return
  const styled = acroField.dict.lookup(PDFName.of('RV'))
  const text =
    styled instanceof PDFString || styled instanceof PDFHexString ? styled.decodeText() : ''
  const isOther = styled !== undefined && text === ''
  if (isOther || text.replaceAll(/<[^>]*>/g, '').trim() !== '') return
  acroField.clearFlag(AcroTextFlags.RichText)
  for (const key of ['RV', 'DS']) acroField.dict.delete(PDFName.of(key))
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
