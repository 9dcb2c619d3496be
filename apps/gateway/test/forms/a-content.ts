import type { FormContent } from '@authscript/prior-auth'

/** What goes on a form, as a test tells it; who it is about follows from the values, as it does in a chart. */
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
