import {
  PDFCheckBox,
  type PDFField,
  PDFName,
  PDFRadioGroup,
  type PDFWidgetAnnotation,
} from '@cantoo/pdf-lib'

/** One of the boxes of a check box field or radio group. */
export interface TickMark {
  readonly field: PDFCheckBox | PDFRadioGroup
  readonly widget: PDFWidgetAnnotation
  /** The state in which it is ticked; undefined if it has no drawing for that. */
  readonly state: PDFName | undefined
  /** What ticking it means: the export value, or else the name of its state. */
  readonly word: string
}

/** The boxes of all fields of one name: forms have several values as widgets of one field, or as fields of the same name. */
export function tickMarksOf(fields: readonly PDFField[]): readonly TickMark[] {
  return fields.flatMap((field) => {
    if (!(field instanceof PDFCheckBox || field instanceof PDFRadioGroup)) return []
    const exported = field.acroField.getExportValues()
    return field.acroField.getWidgets().map((widget, index) => {
      const state = widget.getOnValue()
      return { field, widget, state, word: exported?.[index]?.decodeText() ?? nameOf(state) }
    })
  })
}

/** The different meanings of the boxes, in their order. */
export function wordsOf(marks: readonly TickMark[]): readonly string[] {
  return [...new Set(marks.map(({ word }) => word))]
}

/** Ticks the boxes of this meaning, and no other. */
export function tickWord(marks: readonly TickMark[], word: string): void {
  const chosen = marks.find((one) => one.word === word)
  if (chosen?.state === undefined) return
  for (const { field, widget, state } of marks) {
    field.acroField.dict.set(PDFName.of('V'), chosen.state)
    widget.setAppearanceState(state === chosen.state ? state : PDFName.of('Off'))
  }
}

/** The meanings that are ticked. */
export function tickedWords(marks: readonly TickMark[]): readonly string[] {
  const drawn = marks.filter(
    ({ widget }) => !['/Off', 'undefined'].includes(String(widget.getAppearanceState())),
  )
  // A box may be ticked by its value alone, which viewers draw when they please.
  const valued = marks.filter(
    ({ field, state }) =>
      state !== undefined && field.acroField.dict.lookup(PDFName.of('V')) === state,
  )
  return wordsOf([...drawn, ...valued])
}

function nameOf(state: PDFName | undefined): string {
  return state?.decodeText() ?? ''
}
