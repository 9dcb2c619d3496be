import { PDFCheckBox, type PDFField } from '@cantoo/pdf-lib'
import type { FillReport } from './fill-report.ts'
import { FormTemplateFault } from './form-template-fault.ts'
import type { TemplateField } from './map/form-template.ts'
import { isList, keepExported } from './map/list-choice.ts'
import { tickMarksOf, tickWord, wordsOf } from './map/tick-marks.ts'
import { drawListChoice, listSizeOf } from './paper/text-box.ts'
import type { Printing } from './printing.ts'

/** Ticks every check box of this name. */
export function tickBoxes(
  fields: readonly PDFField[],
  { name }: TemplateField,
  report: FillReport,
): void {
  const marks = tickMarksOf(fields)
  const boxes = fields.filter((one) => one instanceof PDFCheckBox)
  if (boxes.length === 0) throw new FormTemplateFault(`the form has no check box "${name}"`)
  for (const box of boxes) {
    // Without a drawn mark the box would be ticked for software and blank for people.
    if (marks.some(({ state }) => state === undefined)) box.defaultUpdateAppearances()
    box.check()
  }
  report.written.set(name, 'on')
}

/** Chooses an option of a list, or one of several boxes of a name; undefined: there is none for the value. */
export function chooseOption(
  fields: readonly PDFField[],
  field: TemplateField,
  option: string | undefined,
  { printing, report }: { readonly printing: Printing; readonly report: FillReport },
): void {
  const { name, label } = field
  const [target] = fields
  if (option === undefined) {
    report.notices.push(`${label} was left blank: the form's list does not have the chart's value`)
    return
  }
  if (isList(target)) {
    const size = listSizeOf(target, option, printing.measure)
    if (!printing.render(option).isWhole || size === undefined) {
      report.leaveToPerson(field, option)
      return
    }
    target.select(option)
    drawListChoice(target, size, printing.font)
    keepExported(target, option)
    report.written.set(name, option)
    return
  }
  const marks = tickMarksOf(fields)
  if (!wordsOf(marks).includes(option))
    throw new FormTemplateFault(`the form has no box "${option}" of "${name}"`)
  tickWord(marks, option)
  report.written.set(name, option)
}
