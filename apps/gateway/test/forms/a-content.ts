import type { FormContent } from '@authscript/prior-auth'

/** The content of a form, with what the test changes; the patient follows from the values, as in a chart. */
export function aContent(more: Partial<FormContent> = {}): FormContent {
  const values = more.values ?? { 'patient.name': 'Ann Example' }
  const identity = {
    name: values['patient.name'],
    birthDate: values['patient.birthDate'],
    memberId: values['coverage.memberId'],
  }
  return {
    subject: {
      practiceId: '195900',
      patientId: 'patient-1',
      serviceRequestId: 'order-1',
      ...Object.fromEntries(Object.entries(identity).filter(([, value]) => value !== undefined)),
    },
    values,
    choices: {},
    services: [],
    diagnoses: [],
    requesterIs: { servicing: false, pcp: false },
    criteria: [],
    ...more,
  }
}
