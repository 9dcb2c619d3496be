import type { ClinicalBundle, EncounterRef } from '@authscript/prior-auth'
import type { Clock } from '../../clock.ts'
import type { FhirClient } from '../client/fhir-client.ts'
import type { JsonObject } from '../client/limits.ts'
import type { EhrSettings, ReadChartOptions } from '../ehr.ts'
import { readDocuments } from '../notes/notes.ts'
import {
  isOfEncounter,
  toCondition,
  toCoverage,
  toEncounter,
  toMedication,
  toObservation,
  toOrder,
  toOrganization,
  toPatient,
  toPractitioner,
  toProcedure,
} from '../to-clinical-bundle/entries.ts'
import { referencedId, referencesAt, textAt } from '../to-clinical-bundle/fields.ts'
import { ChartReading, complete, type Kind, lessened } from './chart-reading.ts'

export interface ChartDependencies {
  readonly client: FhirClient
  readonly settings: EhrSettings
  readonly clock: Clock
}

/**
 * One encounter's chart, read in parallel. Encounter, Patient and ServiceRequest are essential: without them the attempt fails.
 */
export async function readChart(
  { client, settings, clock }: ChartDependencies,
  ref: EncounterRef,
  options: ReadChartOptions,
  signal: AbortSignal,
): Promise<ClinicalBundle> {
  const chart = new ChartReading(client, settings, ref, options, signal)
  const { lookback } = settings
  const encounterResource = await chart.readEssential('Encounter', ref.encounterId)
  const encounter = toEncounter(encounterResource)
  const since = (months: number) =>
    monthsBefore(encounter.periodStart ?? clock.now().toISOString(), months)

  const [patient, orders, conditions, observations, procedures, medications, documents, coverages] =
    await Promise.all([
      chart.readEssential('Patient', ref.patientId),
      chart.search('ServiceRequest', { isEssential: true }),
      chart.search('Condition'),
      chart.search('Observation', { since: since(lookback.observationMonths) }),
      chart.search('Procedure', { since: since(lookback.procedureMonths) }),
      chart.search('MedicationRequest', { since: since(lookback.medicationMonths) }),
      chart.search('DocumentReference', { since: since(lookback.documentMonths) }),
      chart.search('Coverage'),
    ])
  const patientEntry = toPatient(patient)
  const visitOrders = orders.resources
    .map(toOrder)
    .filter((order) => isOfEncounter(order, encounter))

  const [practitioners, organizations, medicines, notes] = await Promise.all([
    chart.readEach('Practitioner', [
      ...encounter.practitionerIds,
      ...(patientEntry.generalPractitionerIds ?? []),
      ...visitOrders.flatMap((order) => [
        ...(order.requesterId === undefined ? [] : [order.requesterId]),
        ...order.performerIds,
      ]),
    ]),
    chart.readEach('Organization', [
      ...(encounter.organizationId === undefined ? [] : [encounter.organizationId]),
      ...visitOrders.flatMap((order) => order.performerOrganizationIds ?? []),
      ...coverages.resources.flatMap((coverage) => referencesAt(coverage, 'payor', 'Organization')),
    ]),
    readMedicines(chart, medications),
    readDocuments(documents.resources, {
      limits: settings.limits,
      readBinary: (id) => chart.readBinary(id),
    }),
  ])
  const organizationById = byId(organizations.resources)

  return {
    practiceId: ref.practiceId,
    patient: patientEntry,
    encounter,
    orders: visitOrders,
    conditions: conditions.resources.map(toCondition),
    observations: observations.resources.map(toObservation),
    procedures: procedures.resources.map(toProcedure),
    medications: medications.resources.map((resource) =>
      toMedication(resource, medicineOf(resource, medicines)),
    ),
    documents: notes.documents,
    coverages: coverages.resources.map((resource) => toCoverage(resource, organizationById)),
    practitioners: practitioners.resources.map(toPractitioner),
    organizations: organizations.resources.map(toOrganization),
    completeness: [
      complete('Encounter', 1),
      complete('Patient', 1),
      ...[orders, conditions, observations, procedures, medications].map(
        (kind) => kind.completeness,
      ),
      notes.isCutOff
        ? lessened(documents.completeness, 'partial', notes.reason)
        : documents.completeness,
      ...[coverages, practitioners, organizations].map((kind) => kind.completeness),
    ],
  }
}

/** The Medication resources that requests refer to: mixed in, contained, or read one by one. */
async function readMedicines(
  chart: ChartReading,
  requests: Kind,
): Promise<ReadonlyMap<string, JsonObject>> {
  const known = byId(
    requests.others.filter((resource) => resource['resourceType'] === 'Medication'),
  )
  const wanted = requests.resources.flatMap((request) =>
    referencesAt(request, 'medicationReference', 'Medication'),
  )
  const missing = await chart.readEach(
    'Medication',
    wanted.filter((id) => !known.has(id)),
  )
  return new Map([...known, ...byId(missing.resources)])
}

/** `YYYY-MM-DD`, that many months before. */
export function monthsBefore(date: string, months: number): string {
  const time = new Date(date.length >= 10 ? date.slice(0, 10) : `${date}-01-01`.slice(0, 10))
  const day = time.getUTCDate()
  time.setUTCDate(1)
  time.setUTCMonth(time.getUTCMonth() - months)
  const lastDay = new Date(Date.UTC(time.getUTCFullYear(), time.getUTCMonth() + 1, 0)).getUTCDate()
  time.setUTCDate(Math.min(day, lastDay))
  return time.toISOString().slice(0, 10)
}

function byId(resources: readonly JsonObject[]): ReadonlyMap<string, JsonObject> {
  return new Map(resources.map((resource) => [String(resource['id']), resource]))
}

function medicineOf(
  request: JsonObject,
  medicines: ReadonlyMap<string, JsonObject>,
): JsonObject | undefined {
  const reference = textAt(request, 'medicationReference.reference')
  if (reference?.startsWith('#') === true) {
    const contained = Array.isArray(request['contained'])
      ? (request['contained'] as readonly JsonObject[])
      : []
    return contained.find((resource) => textAt(resource, 'id') === reference.slice(1))
  }
  const id = referencedId(reference, 'Medication')
  return id === undefined ? undefined : medicines.get(id)
}
