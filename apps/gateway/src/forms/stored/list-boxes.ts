import type { BoxKind, FormBox } from '@authscript/prior-auth'
import {
  PDFButton,
  PDFCheckBox,
  type PDFDocument,
  type PDFField,
  PDFHexString,
  PDFName,
  PDFRadioGroup,
  PDFSignature,
  PDFString,
  PDFTextField,
} from '@cantoo/pdf-lib'
import { isList } from '../map/list-choice.ts'
import { optionsFor } from '../map/options.ts'
import { readFields } from '../map/read-fields.ts'
import { type TickMark, tickMarksOf, wordsOf } from '../map/tick-marks.ts'
import { placesOf, widgetPlaces } from '../map/widget-places.ts'

/** Every box of a form in reading order: by page, from the top, from the left. Buttons are left out. */
export function listBoxes(document: PDFDocument): readonly FormBox[] {
  const places = placesOf(document)
  const blank = readFields(document)
  const placeOf = widgetPlaces(document)
  const boxes: FormBox[] = []
  const byName = Map.groupBy(document.getForm().getFields(), (field) => field.getName())
  for (const [name, same] of byName) {
    const [field] = same
    if (field === undefined || field instanceof PDFButton) continue
    const marks = tickMarksOf(same)
    const words = wordsOf(marks)
    const isSeveral = words.length > 1
    boxes.push({
      name,
      kind: isSeveral ? kindOfSeveral(marks, words) : kindOf(field),
      tooltip: tooltipOf(field),
      maxLength: (field instanceof PDFTextField ? field.getMaxLength() : undefined) ?? null,
      options: isSeveral ? [...words] : isList(field) ? field.getOptions() : [],
      printed: blank.get(name) ?? '',
      places: isSeveral
        ? marks.flatMap((mark) => {
            const place = placeOf(mark.widget)
            return place === undefined ? [] : [{ ...place, option: mark.word }]
          })
        : [...(places.get(name) ?? [])],
    })
  }
  return boxes.toSorted(inReadingOrder)
}

/** Boxes or buttons of one name that mean different things. */
function kindOfSeveral(marks: readonly TickMark[], words: readonly string[]): BoxKind {
  const { met, not_met: notMet } = optionsFor(['met', 'not_met'], words)
  if (words.length === 2 && met !== undefined && notMet !== undefined) return 'yes or no'
  return marks.some(({ field }) => field instanceof PDFRadioGroup) ? 'radio group' : 'check boxes'
}

function kindOf(field: PDFField): BoxKind {
  if (field instanceof PDFTextField) return 'text'
  if (field instanceof PDFCheckBox) return 'check box'
  if (field instanceof PDFRadioGroup) return 'radio group'
  if (isList(field)) return 'list'
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
