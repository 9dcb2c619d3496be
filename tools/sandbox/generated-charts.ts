import type { EncounterRef } from '@authscript/prior-auth'

export interface ChartPlan {
  /** The prefix of every id except a patient's; it distinguishes the encounters of different runs. */
  readonly name: string
  readonly encounterCount: number
  readonly encountersPerPatient: number
  /** Every n-th encounter has an order that needs a form. */
  readonly formEvery: number
}

export interface GeneratedEncounter extends EncounterRef {
  /** The order that needs a form; undefined if there is none. */
  readonly serviceRequestId: string | undefined
}

export function generatedEncounter(
  plan: Omit<ChartPlan, 'encounterCount'>,
  index: number,
): GeneratedEncounter {
  const { name, encountersPerPatient, formEvery } = plan
  return {
    practiceId: '195900',
    // The format of athenahealth; its document API accepts no other.
    patientId: `a-195900.E-${100_000 + Math.floor(index / encountersPerPatient)}`,
    encounterId: `${name}-encounter-${index}`,
    serviceRequestId: index % formEvery === 0 ? `${name}-order-${index}` : undefined,
  }
}

/** Signed encounters with a minimal chart, as one NDJSON file for the sandbox. */
export function generateCharts(plan: ChartPlan): string {
  const { name, encounterCount, encountersPerPatient } = plan
  const lines: object[] = []
  for (let index = 0; index < encounterCount; index += 1) {
    const { patientId, encounterId, serviceRequestId } = generatedEncounter(plan, index)
    const subject = { reference: `Patient/${patientId}` }
    if (index % encountersPerPatient === 0) {
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
