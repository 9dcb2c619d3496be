import { workerData } from 'node:worker_threads'
import { fillForm } from './fill-form.ts'
import { FormTemplateFault } from './filling.ts'
import type { FillAnswer, FilledForm, FillTask, FillWorkerData } from './form-filler.ts'
import { chooseTemplate } from './map/choose-template.ts'
import { markForm } from './mark-form.ts'
import { ReadBackFault } from './read-back.ts'
import { examineForm } from './stored/examine-form.ts'
import { generalTemplate } from './templates/general-template.ts'

// Typed as any by Node; the form filler in the main thread sets it.
const { offered } = workerData as FillWorkerData

/** Runs in a thread of the form filler's pool. */
export default async function work(task: FillTask): Promise<FillAnswer> {
  try {
    if ('mark' in task) return { marked: await markForm(task.pdf, task.mark) }
    if ('examine' in task) return { examined: await examineForm(task) }
    const { content, uploaded } = task
    const all = [...uploaded, ...offered]
    const { template, notices } = chooseTemplate(content, all, await generalTemplate())
    const form = await fillForm(content, template)
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

function missingNotice({ missingLabels }: FilledForm): readonly string[] {
  if (missingLabels.length === 0) return []
  return [
    `the payer returns this form without: ${missingLabels.join(', ')}; the chart has none of it`,
  ]
}
