import { workerData } from 'node:worker_threads'
import type { FormContent } from '@authscript/prior-auth'
import { runTasks } from '../thread-task.ts'
import { assembleDocument } from './assemble-document.ts'
import { fillForm } from './fill-form.ts'
import { FormTemplateFault } from './form-template-fault.ts'
import type { FillAnswer, FilledForm, FillTask, FillWorkerData } from './form-filler.ts'
import { chooseTemplate } from './map/choose-template.ts'
import type { FormTemplate } from './map/form-template.ts'
import { markForm } from './mark-form.ts'
import { ReadBackFault } from './read-back.ts'
import { generalName, generalTemplate } from './templates/general-template.ts'

// Typed as any by Node; the form filler in the main thread sets it.
const { offered, refused } = workerData as FillWorkerData

export default runTasks(fill)

async function fill(task: FillTask): Promise<FillAnswer> {
  try {
    if ('mark' in task) return { marked: await markForm(task.pdf, task.mark) }
    const all = [...task.uploaded, ...offered]
    const general = await generalTemplate()
    if ('parts' in task) {
      const templates = [...all.map(({ template }) => template), general]
      return { document: await assembleDocument(task.parts, templates) }
    }
    const { content } = task
    const { template, notices } = chooseTemplate(content, all, general, refused)
    const form = await fillOrUseGeneral(content, template, general)
    const isFilled = form.template === template.name
    const payerForm = isFilled ? all.find((one) => one.template === template)?.payerForm : undefined
    return {
      form: { ...form, payerForm, notices: [...notices, ...form.notices, ...missingNotice(form)] },
    }
  } catch (error) {
    if (error instanceof ReadBackFault) return { fault: error.message, isMismatch: true }
    if (error instanceof FormTemplateFault) return { fault: error.message, isMismatch: false }
    throw error
  }
}

/**
 * If a payer's form cannot be filled, people still get the order, on the general form. A form that does not match the chart is never
 * used.
 */
async function fillOrUseGeneral(
  content: FormContent,
  template: FormTemplate,
  general: FormTemplate,
): Promise<FilledForm> {
  try {
    return await fillForm(content, template)
  } catch (error) {
    if (error instanceof ReadBackFault || template === general) throw error
    const form = await fillForm(content, general)
    const notice = `the form ${template.name} was not used: it could not be filled`
    return { ...form, notices: [notice, ...form.notices] }
  }
}

/** What can be typed on our own form is listed where it is typed. */
function missingNotice({
  template,
  missingLabels,
  missingFields,
  unplacedLabels,
}: FilledForm): readonly string[] {
  if (template === generalName && missingFields.length === missingLabels.length) return []
  const unknown = missingLabels.filter((label) => !unplacedLabels.includes(label))
  if (unknown.length === 0) return []
  const who =
    template === generalName
      ? 'payers commonly return a request without'
      : 'the payer returns this form without'
  return [`${who}: ${unknown.join(', ')}; the chart has none of it`]
}
