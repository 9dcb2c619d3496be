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

/** Every field by its name with what it holds, '' when blank. Push buttons hold nothing and are left out. */
export function readFields(document: PDFDocument): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (const field of document.getForm().getFields()) {
    if (field instanceof PDFButton) continue
    const held = [found.get(field.getName()), heldBy(field)].filter((one) => one !== undefined)
    // Two fields of one name are one to a reader: what either holds counts.
    found.set(field.getName(), held.filter((one) => one !== '').join('\n'))
  }
  return found
}

function heldBy(field: PDFField): string {
  if (field instanceof PDFTextField) return field.acroField.getValue()?.decodeText() ?? ''
  if (field instanceof PDFCheckBox) {
    // A box may be drawn ticked whatever its value says.
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
