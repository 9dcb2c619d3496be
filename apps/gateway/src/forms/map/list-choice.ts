import { type PDFField, PDFDropdown, PDFHexString, PDFName, PDFOptionList } from '@cantoo/pdf-lib'

/** A list that opens, or one that shows its rows. */
export type ListField = PDFDropdown | PDFOptionList

export function isList(field: unknown): field is ListField {
  return field instanceof PDFDropdown || field instanceof PDFOptionList
}

/** The chosen option of a list as people read it: a form may store a code for each option. */
export function chosenOptions({ acroField }: ListField): readonly string[] {
  const options = acroField.getOptions()
  return acroField.getValues().map((value) => {
    const text = value.decodeText()
    return options.find((one) => one.value.decodeText() === text)?.display.decodeText() ?? text
  })
}

/** Keeps the option's code as the value, once the option was drawn in words. */
export function keepExported(field: ListField, option: string): void {
  const found = field.acroField.getOptions().find(({ display }) => display.decodeText() === option)
  if (found !== undefined)
    field.acroField.dict.set(PDFName.of('V'), PDFHexString.fromText(found.value.decodeText()))
}

/** Whether people may type a value that is not in the list. */
export function takesOtherTexts(field: PDFField): boolean {
  return field instanceof PDFDropdown && field.isEditable()
}
