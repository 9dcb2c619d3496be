import type { BoxKind, FormBox } from '@authscript/prior-auth'
import {
  PDFButton,
  PDFCheckBox,
  PDFDropdown,
  type PDFDocument,
  type PDFField,
  PDFHexString,
  PDFName,
  PDFRadioGroup,
  PDFSignature,
  PDFString,
  PDFTextField,
} from '@cantoo/pdf-lib'
import { readFields } from '../map/read-fields.ts'
import { placesOf } from '../map/widget-places.ts'

/** Every box of a form in reading order: by page, from the top, from the left. Buttons are left out. */
export function listBoxes(document: PDFDocument): readonly FormBox[] {
  const places = placesOf(document)
  const blank = readFields(document)
  const byName = new Map<string, FormBox>()
  for (const field of document.getForm().getFields()) {
    const name = field.getName()
    if (field instanceof PDFButton || byName.has(name)) continue
    byName.set(name, {
      name,
      kind: kindOf(field),
      tooltip: tooltipOf(field),
      maxLength: (field instanceof PDFTextField ? field.getMaxLength() : undefined) ?? null,
      options:
        field instanceof PDFRadioGroup || field instanceof PDFDropdown ? field.getOptions() : [],
      printed: blank.get(name) ?? '',
      places: [...(places.get(name) ?? [])],
    })
  }
  return [...byName.values()].toSorted(inReadingOrder)
}

function kindOf(field: PDFField): BoxKind {
  if (field instanceof PDFTextField) return 'text'
  if (field instanceof PDFCheckBox) return 'check box'
  if (field instanceof PDFRadioGroup) return 'radio group'
  if (field instanceof PDFDropdown) return 'list'
  return field instanceof PDFSignature ? 'signature' : 'not fillable'
}

/** The field's TU; its widgets may have it instead. */
function tooltipOf(field: PDFField): string | null {
  const { dict } = field.acroField
  const dicts = [dict, ...field.acroField.getWidgets().map((widget) => widget.dict)]
  for (const one of dicts) {
    const found = one.lookup(PDFName.of('TU'))
    if (!(found instanceof PDFString || found instanceof PDFHexString)) continue
    const text = found.decodeText().trim()
    if (text !== '') return text
  }
  return null
}

/** Boxes whose upper edges differ by less are in one line. */
const sameLine = 4

function inReadingOrder(one: FormBox, other: FormBox): number {
  const [a] = one.places
  const [b] = other.places
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined)
  if (a.page !== b.page) return a.page - b.page
  const down = b.y + b.height - (a.y + a.height)
  return Math.abs(down) > sameLine ? down : a.x - b.x
}
