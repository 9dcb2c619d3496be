import type { Resource } from '../fhir/resource.ts'
import {
  encounterIdOf,
  patientIdOf,
  practiceResources,
  type ScenarioPatient,
  toResources,
} from './chart.ts'
import { lumbarMriPatients } from './lumbar-mri-patients.ts'
import { otherPatients } from './other-patients.ts'
import { policyPatients } from './policy-patients.ts'

export const defaultPractice = '195900'
export const otherPractice = '1959222'

export const patients: readonly ScenarioPatient[] = [
  ...lumbarMriPatients,
  ...policyPatients,
  ...otherPatients,
]

/** An encounter of the scenarios with its expected result. */
export interface ScenarioEncounter {
  readonly practiceId: string
  readonly patientId: string
  readonly encounterId: string
  readonly scenario: string
  readonly expectation: string
}

export const scenarioEncounters: readonly ScenarioEncounter[] = patients.flatMap((patient) =>
  patient.encounters.map((encounter) => ({
    practiceId: patient.practiceId,
    patientId: patientIdOf(patient),
    encounterId: encounterIdOf(patient.practiceId, encounter),
    scenario: encounter.scenario,
    expectation: encounter.expectation,
  })),
)

/** The charts on the morning of `today`: every encounter is open and waiting to be signed. */
export function scenarioResources(
  today: Date,
): readonly { readonly practiceId: string; readonly resource: Resource }[] {
  return [
    ...[defaultPractice, otherPractice].flatMap((practiceId) =>
      practiceResources(practiceId).map((resource) => ({ practiceId, resource })),
    ),
    ...patients.flatMap((patient) =>
      toResources(patient, today).map((resource) => ({ practiceId: patient.practiceId, resource })),
    ),
  ]
}
