import type { FormContent } from '@authscript/prior-auth'
import { fillForm, FormTemplateFault } from './fill-form.ts'
import type { FillAnswer } from './form-filler.ts'

/** Runs in a thread of the form filler's pool. */
export default async function work(content: FormContent): Promise<FillAnswer> {
  try {
    return { form: await fillForm(content) }
  } catch (error) {
    if (error instanceof FormTemplateFault) return { fault: error.message }
    throw error
  }
}
