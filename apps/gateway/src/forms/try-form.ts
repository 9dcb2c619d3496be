import { formChoices, type FormContent, formRoles } from '@authscript/prior-auth'
import { fillForm } from './fill-form.ts'
import type { FormTemplate } from './map/form-template.ts'

const word = 'X'

/** A value for every role, about nobody. */
const everything: FormContent = {
  subject: {
    practiceId: word,
    patientId: word,
    serviceRequestId: word,
    name: word,
    birthDate: word,
    memberId: word,
  },
  values: Object.fromEntries(formRoles.map((role) => [role, word])),
  choices: {
    'patient.gender': formChoices['patient.gender'][0],
    review: formChoices.review[0],
    request: formChoices.request[0],
    setting: formChoices.setting[0],
    action: formChoices.action[0],
  },
  services: [{ code: word, description: word, start: word, end: word, quantity: word }],
  diagnoses: [{ code: word, description: word }],
  requesterIs: { servicing: false, pcp: false },
  criteria: [{ question: word, answer: 'met', reason: word, evidence: [word] }],
}

/** Why a form that fits its map cannot be filled all the same; undefined if it can. */
export async function whyUnfillable(template: FormTemplate): Promise<string | undefined> {
  try {
    await fillForm(everything, template)
    return undefined
  } catch (error) {
    return `cannot be filled (${error instanceof Error ? error.name : 'unreadable'})`
  }
}
