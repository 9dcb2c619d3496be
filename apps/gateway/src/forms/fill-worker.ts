import { workerData } from 'node:worker_threads'
import type { FormContent } from '@authscript/prior-auth'
import { fillForm } from './fill-form.ts'
import { FormTemplateFault } from './filling.ts'
import type { FillAnswer, FillWorkerData } from './form-filler.ts'
import { chooseTemplate } from './map/choose-template.ts'
import { ReadBackFault } from './read-back.ts'
import { generalTemplate } from './templates/general-template.ts'

// Typed as any by Node; the form filler in the main thread sets it.
const { offered } = workerData as FillWorkerData

/** Runs in a thread of the form filler's pool. */
export default async function work(content: FormContent): Promise<FillAnswer> {
  try {
    const { template, notices } = chooseTemplate(content, offered, await generalTemplate())
    const form = await fillForm(content, template)
    return { form: { ...form, notices: [...notices, ...form.notices] } }
  } catch (error) {
    if (error instanceof ReadBackFault) return { fault: error.message, isMismatch: true }
    if (error instanceof FormTemplateFault) return { fault: error.message, isMismatch: false }
    throw error
  }
}
