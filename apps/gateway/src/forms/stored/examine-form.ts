import type { FormBox } from '@authscript/prior-auth'
import { fillForm } from '../fill-form.ts'
import { FormTemplateFault } from '../form-template-fault.ts'
import { checkTemplate } from '../map/load-template.ts'
import { noFields, type OpenBlank, openBlank, unreadable } from '../map/open-blank.ts'
import { ReadBackFault } from '../read-back.ts'
import type {
  ExamineAnswer,
  ExamineAnswers,
  ExaminedForm,
  ExamineTask,
  Unusable,
} from './examine-task.ts'
import { listBoxes } from './list-boxes.ts'
import { firstMap, readStoredMap } from './stored-map.ts'

/** Runs in a thread: a PDF may be hostile. */
export async function examineForm(task: ExamineTask): Promise<ExamineAnswer> {
  try {
    switch (task.examine) {
      case 'upload':
        return await upload(task.pdf, task.name)
      case 'edit':
        return await edit(task.pdf, task.map)
      case 'check':
        return await check(task.pdf, task.map)
      case 'test fill':
        return await testFill(task)
    }
  } catch (error) {
    // The PDF library throws bare errors at what it cannot read, wherever that is.
    return unusable([unreadable(error)])
  }
}

/** A PDF may have other bytes before its header. @see ISO 32000-1, Annex H, note 13 */
const headerWithin = 1024

async function upload(pdf: Uint8Array, name: string): Promise<ExamineAnswers['upload']> {
  const head = Buffer.from(pdf.buffer, pdf.byteOffset, Math.min(pdf.byteLength, headerWithin))
  if (!head.includes('%PDF-')) return unusable(['it is not a PDF'])
  const opened = await openBlank(pdf)
  if ('fault' in opened) return unusable([opened.fault])
  const boxes = listBoxes(opened.document)
  if (boxes.length === 0) return unusable([noFields])
  const map = firstMap(name, boxes)
  return { map, ...(await mapped(opened, boxes, map)) }
}

async function edit(pdf: Uint8Array, map: unknown): Promise<ExamineAnswers['edit']> {
  const opened = await openBlank(pdf)
  if ('fault' in opened) return unusable([opened.fault])
  return mapped(opened, listBoxes(opened.document), map)
}

async function mapped(
  opened: OpenBlank,
  boxes: readonly FormBox[],
  map: unknown,
): Promise<ExaminedForm> {
  const checked = await checkOpened(opened, map)
  return 'template' in checked
    ? { boxes, faults: [], warnings: checked.warnings }
    : { boxes, ...checked }
}

async function check(pdf: Uint8Array, map: unknown): Promise<ExamineAnswers['check']> {
  const opened = await openBlank(pdf)
  return 'fault' in opened ? unusable([opened.fault]) : checkOpened(opened, map)
}

async function checkOpened(opened: OpenBlank, map: unknown): Promise<ExamineAnswers['check']> {
  const read = await readStoredMap(map)
  if ('faults' in read) return unusable(read.faults)
  const { template, faults, warnings } = checkTemplate(opened, read.map, read.rules)
  return template === undefined ? { faults, warnings } : { template, warnings }
}

async function testFill({
  pdf,
  map,
  content,
}: Extract<ExamineTask, { examine: 'test fill' }>): Promise<ExamineAnswers['test fill']> {
  const checked = await check(pdf, map)
  if (!('template' in checked)) return checked
  try {
    const form = await fillForm(content, checked.template)
    const missing = form.missingLabels.map((label) => `the payer requires: ${label}`)
    return { filled: form.pdf, notices: [...form.notices, ...missing] }
  } catch (error) {
    if (error instanceof ReadBackFault || error instanceof FormTemplateFault)
      return unusable([error.message])
    throw error
  }
}

function unusable(faults: readonly string[]): Unusable {
  return { faults, warnings: [] }
}
