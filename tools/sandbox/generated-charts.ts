import type { EncounterRef } from '@authscript/prior-auth'

export interface ChartPlan {
  /** Begins every id but a patient's, so that one run's visits are told from another's. */
  readonly name: string
  readonly visits: number
  readonly visitsPerPatient: number
  /** One visit in so many orders a study that needs a form. */
  readonly formEvery: number
}

export interface GeneratedVisit extends EncounterRef {
  /** The order that needs a form; undefined when none does. */
  readonly serviceRequestId: string | undefined
}

export function generatedVisit(plan: Omit<ChartPlan, 'visits'>, index: number): GeneratedVisit {
  const { name, visitsPerPatient, formEvery } = plan
  return {
    practiceId: '195900',
    // As athenahealth shapes them: its documents take no other.
    patientId: `a-195900.E-${100_000 + Math.floor(index / visitsPerPatient)}`,
    encounterId: `${name}-encounter-${index}`,
    serviceRequestId: index % formEvery === 0 ? `${name}-order-${index}` : undefined,
  }
}

/** Signed visits with the least that a chart needs, as one NDJSON file for the sandbox. */
export function generateCharts(plan: ChartPlan): string {
  const { name, visits, visitsPerPatient } = plan
  const lines: object[] = []
  for (let index = 0; index < visits; index += 1) {
    const { patientId, encounterId, serviceRequestId } = generatedVisit(plan, index)
    const subject = { reference: `Patient/${patientId}` }
    if (index % visitsPerPatient === 0) {
      lines.push(
        {
          resourceType: 'Patient',
          id: patientId,
          name: [{ family: `Family${index}`, given: ['Given'] }],
          birthDate: '1970-01-01',
          gender: 'other',
        },
        {
          resourceType: 'Coverage',
          id: `${name}-coverage-${index}`,
          status: 'active',
          beneficiary: subject,
          subscriberId: `M${index}`,
          payor: [{ display: 'Prairie Health Plan' }],
        },
        {
          resourceType: 'Condition',
          id: `${name}-condition-${index}`,
          subject,
          code: { coding: [{ system: 'http://hl7.org/fhir/sid/icd-10-cm', code: 'M54.16' }] },
          recordedDate: '2026-08-01',
        },
      )
    }
    lines.push(
      {
        resourceType: 'Encounter',
        id: encounterId,
        status: 'finished',
        subject,
        period: { start: '2026-11-01T09:00:00Z', end: '2026-11-01T09:20:00Z' },
        serviceProvider: { reference: 'Organization/a-195900.Department-1' },
      },
      {
        resourceType: 'ServiceRequest',
        id: serviceRequestId ?? `${name}-plain-order-${index}`,
        status: 'active',
        intent: 'order',
        subject,
        encounter: { reference: `Encounter/${encounterId}` },
        code: {
          coding: [
            {
              system: 'http://www.ama-assn.org/go/cpt',
              code: serviceRequestId === undefined ? '99213' : '72148',
            },
          ],
        },
      },
    )
  }
  return lines.map((line) => JSON.stringify(line)).join('\n')
}
