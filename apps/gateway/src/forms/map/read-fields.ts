import {
  PDFButton,
  PDFCheckBox,
  type PDFDocument,
  PDFDropdown,
  type PDFField,
  PDFOptionList,
  PDFRadioGroup,
  PDFTextField,
} from '@cantoo/pdf-lib'

/** Every field's value by name, '' if blank. Push buttons have no value and are left out. */
export function readFields(document: PDFDocument): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (const field of document.getForm().getFields()) {
    if (field instanceof PDFButton) continue
    const values = [found.get(field.getName()), valueOf(field)].filter((one) => one !== undefined)
    // Readers treat two fields of the same name as one: the values of both count.
    found.set(field.getName(), values.filter((one) => one !== '').join('\n'))
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
  if (field instanceof PDFDropdown || field instanceof PDFOptionList)
    return field.getSelected().join('\n')
  return ''
}
