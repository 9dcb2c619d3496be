import {
  PDFButton,
  PDFCheckBox,
  type PDFDocument,
  type PDFField,
  PDFRadioGroup,
  PDFTextField,
} from '@cantoo/pdf-lib'
import { chosenOptions, isList } from './list-choice.ts'
import { tickedWords, tickMarksOf, wordsOf } from './tick-marks.ts'

/** Every field's value by name, '' if blank. Push buttons have no value and are left out. */
export function readFields(document: PDFDocument): ReadonlyMap<string, string> {
  const fields = document.getForm().getFields()
  const byName = Map.groupBy(
    fields.filter((field) => !(field instanceof PDFButton)),
    (field) => field.getName(),
  )
  const found = new Map<string, string>()
  for (const [name, same] of byName) {
    // Boxes of one name with several meanings: the meaning is the value.
    const marks = tickMarksOf(same)
    const values =
      wordsOf(marks).length > 1 ? tickedWords(marks) : same.map((field) => valueOf(field))
    // Readers treat two fields of the same name as one: the values of both count.
    found.set(name, [...new Set(values.filter((one) => one !== ''))].join('\n'))
  }
  return found
}

function valueOf(field: PDFField): string {
  if (field instanceof PDFTextField) return field.acroField.getValue()?.decodeText() ?? ''
  if (field instanceof PDFCheckBox) {
    // A box may be drawn as ticked regardless of its value.
    const isTicked =
      field.isChecked() ||
      field.acroField
        .getWidgets()
        .some((widget) => !['/Off', 'undefined'].includes(String(widget.getAppearanceState())))
    return isTicked ? 'on' : ''
  }
  if (field instanceof PDFRadioGroup) return field.getSelected() ?? ''
  if (isList(field)) return chosenOptions(field).join('\n')
  return ''
}
