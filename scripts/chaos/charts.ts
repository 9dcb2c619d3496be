import type { EncounterRef } from '@authscript/prior-auth'

const practiceId = '195900'
/** Every second visit orders a study that needs a form; the others end as visits without one. */
const formEvery = 2

export interface ChaosVisit extends EncounterRef {
  /** The order that needs a form; undefined when none does. */
  readonly serviceRequestId: string | undefined
}

export function visitOf(index: number): ChaosVisit {
  return {
    practiceId,
    patientId: `chaos-patient-${index}`,
    encounterId: `chaos-encounter-${index}`,
    serviceRequestId: index % formEvery === 0 ? `chaos-order-${index}` : undefined,
  }
}

/** Signed visits of as many patients, as one NDJSON file for the sandbox. */
export function chartsOf(count: number): string {
  const lines: object[] = []
  for (let index = 0; index < count; index += 1) {
    const { patientId, encounterId, serviceRequestId } = visitOf(index)
    const subject = { reference: `Patient/${patientId}` }
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
        id: `chaos-coverage-${index}`,
        status: 'active',
        beneficiary: subject,
        subscriberId: `M${index}`,
        payor: [{ display: 'Prairie Health Plan' }],
      },
      {
        resourceType: 'Encounter',
        id: encounterId,
        status: 'finished',
        subject,
        period: { start: '2026-11-01T09:00:00Z', end: '2026-11-01T09:20:00Z' },
      },
      {
        resourceType: 'ServiceRequest',
        id: serviceRequestId ?? `chaos-plain-order-${index}`,
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
