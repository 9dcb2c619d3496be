import { PDFDocument } from '@cantoo/pdf-lib'
import { fillForm } from '../fill-form.ts'
import { FormTemplateFault } from '../filling.ts'
import { noRules } from '../map/form-rules.ts'
import { loadTemplate } from '../map/load-template.ts'
import { ReadBackFault } from '../read-back.ts'
import type { ExamineAnswer, ExamineTask } from './examine-task.ts'
import { listBoxes } from './list-boxes.ts'
import { readStoredMap } from './stored-map.ts'

/** Runs in a thread: a PDF may be hostile. */
export async function examineForm(task: ExamineTask): Promise<ExamineAnswer> {
  switch (task.examine) {
    case 'boxes':
      return boxesOf(task.pdf)
    case 'check':
      return check(task.pdf, task.map)
    case 'test fill':
      return testFill(task)
  }
}

const aboutOneField = /^field "/

/** A PDF may have other bytes before its header. @see ISO 32000-1, Annex H, note 13 */
const headerWithin = 1024

async function boxesOf(pdf: Uint8Array): Promise<ExamineAnswer> {
  const head = Buffer.from(pdf.buffer, pdf.byteOffset, Math.min(pdf.byteLength, headerWithin))
  if (!head.includes('%PDF-')) return { faults: ['it is not a PDF'], warnings: [] }
  // Only the faults of the PDF as a whole count: this map is of no form.
  const probe = { form: 'probe', complete: false, fields: [{ name: 'probe', role: null }] }
  const { faults } = await loadTemplate(pdf, probe, noRules)
  const ofPdf = faults.filter((fault) => !aboutOneField.test(fault))
  if (ofPdf.length > 0) return { faults: ofPdf, warnings: [] }
  try {
    const document = await PDFDocument.load(pdf, { updateMetadata: false, preserveXFA: true })
    const boxes = listBoxes(document)
    return boxes.length > 0 ? { boxes } : { faults: ['the PDF has no form fields'], warnings: [] }
  } catch (error) {
    return { faults: [unreadable(error)], warnings: [] }
  }
}

async function check(pdf: Uint8Array, stored: unknown): Promise<ExamineAnswer> {
  const read = await readStoredMap(stored)
  if ('faults' in read) return { ...read, warnings: [] }
  try {
    const { template, faults, warnings } = await loadTemplate(pdf, read.map, read.rules)
    return template === undefined ? { faults, warnings } : { template, warnings }
  } catch (error) {
    // The PDF library throws bare errors at what it cannot read, wherever that is.
    return { faults: [unreadable(error)], warnings: [] }
  }
}

async function testFill({
  pdf,
  map,
  content,
}: Extract<ExamineTask, { examine: 'test fill' }>): Promise<ExamineAnswer> {
  const checked = await check(pdf, map)
  if (!('template' in checked)) return checked
  try {
    const form = await fillForm(content, checked.template)
    const missing = form.missingLabels.map((label) => `the payer requires: ${label}`)
    return { filled: form.pdf, notices: [...form.notices, ...missing] }
  } catch (error) {
    const isKnown = error instanceof ReadBackFault || error instanceof FormTemplateFault
    return { faults: [isKnown ? error.message : unreadable(error)], warnings: [] }
  }
}

function unreadable(error: unknown): string {
  return `a part of the PDF cannot be read (${error instanceof Error ? error.name : 'unreadable'})`
}
