import type { Resource } from '../fhir/resource.ts'
import { encounterIdOf, patientIdOf, type ScenarioPatient, toResources } from './chart.ts'
import { patients, type ScenarioEncounter } from './scenarios.ts'

export interface NewEncounter {
  readonly encounter: ScenarioEncounter
  readonly resources: readonly Resource[]
}

const familyNames =
  'Aldana Birk Castellan Dvorak Eriksen Fontaine Galloway Hoshino Ibarra Jansson Kowalczyk Laurent'.split(
    ' ',
  )

/**
 * Another patient with the same chart as in the scenario, and one open encounter. The number has to be new to every gateway
 * that the sandbox ever talked to, not only to this sandbox. Undefined if there is no such scenario.
 */
export function newEncounter(
  encounterId: string,
  number: number,
  today: Date,
): NewEncounter | undefined {
  for (const patient of patients) {
    for (const sketch of patient.encounters) {
      if (encounterIdOf(patient.practiceId, sketch) !== encounterId) continue
      const orders = sketch.orders.map((order, index) => ({
        ...order,
        number: number * 10 + index,
      }))
      const other: ScenarioPatient = {
        ...patient,
        number,
        family: familyNames[number % familyNames.length] ?? patient.family,
        encounters: [{ ...sketch, number, daysAgo: 0, orders }],
      }
      const { practiceId } = patient
      return {
        encounter: {
          practiceId,
          patientId: patientIdOf(other),
          encounterId: `a-${practiceId}.encounter-${number}`,
          scenario: sketch.scenario,
          expectation: sketch.expectation,
        },
        resources: toResources(other, today),
      }
    }
  }
  return undefined
}
