import type { ClinicalBundle, EncounterRef } from '@authscript/prior-auth'
import type { Clock } from '../../clock.ts'
import type { FhirClient } from '../client/fhir-client.ts'
import type { JsonObject } from '../client/parse-resource.ts'
import type { EhrSettings } from '../ehr-settings.ts'
import type { NoteTextReader } from '../notes/note-text-reader.ts'
import { readDocuments } from '../notes/notes.ts'
import { toCoverage } from '../to-clinical-bundle/coverage.ts'
import { inLocalTime, isOfEncounter, type Placed } from '../to-clinical-bundle/encounter-time.ts'
import type { SignedUrls } from '../notes/signed-urls.ts'
import {
  containedMedication,
  encounterIdOf,
  toCondition,
  toEncounter,
  toMedication,
  toObservation,
  toProcedure,
  toReport,
} from '../to-clinical-bundle/entries.ts'
import { dateAt, referencedId, referencesAt, textAt } from '../to-clinical-bundle/fields.ts'
import { toOrder } from '../to-clinical-bundle/order.ts'
import { asServiceRequest, isGivenByClinician } from '../to-clinical-bundle/other-orders.ts'
import { type Directory, idsNamed } from '../to-clinical-bundle/people/named.ts'
import { toOrganization, toPatient, toPractitioner } from '../to-clinical-bundle/people/people.ts'
import {
  ChartReading,
  complete,
  type Kind,
  downgraded,
  type ReadChartOptions,
} from './chart-reading.ts'

export interface ChartDependencies {
  readonly client: FhirClient
  readonly settings: EhrSettings
  readonly clock: Clock
  readonly noteTexts: NoteTextReader
  readonly signedUrls: SignedUrls
}

/**
 * Reads one encounter's chart, in parallel. Encounter, Patient and ServiceRequest are essential: the attempt fails without them.
 */
export async function readChart(
  { client, settings, clock, noteTexts, signedUrls }: ChartDependencies,
  ref: EncounterRef,
  options: ReadChartOptions,
  signal: AbortSignal,
): Promise<ClinicalBundle> {
  const chart = new ChartReading(client, settings, ref, options, signal)
  const { lookback } = settings
  const timeZone = settings.timeZoneOf(ref.practiceId)
  const encounterResource = await chart.readEssential('Encounter', ref.encounterId)
  const bareEncounter = toEncounter(encounterResource)
  const since = (months: number) =>
    monthsBefore(bareEncounter.periodStart ?? clock.now().toISOString(), months)

  const [
    patient,
    orders,
    conditions,
    observations,
    procedures,
    medications,
    documents,
    coverages,
    devices,
    reports,
  ] = await Promise.all([
    chart.readEssential('Patient', ref.patientId),
    chart.search('ServiceRequest', { isEssential: true }),
    chart.search('Condition'),
    chart.search('Observation', { since: since(lookback.observationMonths) }),
    chart.search('Procedure', { since: since(lookback.procedureMonths) }),
    chart.search('MedicationRequest', { since: since(lookback.medicationMonths) }),
    chart.search('DocumentReference', { since: since(lookback.documentMonths) }),
    chart.search('Coverage'),
    chart.search('DeviceRequest'),
    hasScope(settings, 'DiagnosticReport')
      ? chart.search('DiagnosticReport', { since: since(lookback.procedureMonths) })
      : undefined,
  ])
  const isOfThisEncounter = (one: Placed) => isOfEncounter(one, bareEncounter, timeZone)
  const medicines = await readMedicines(chart, medications)
  const medicineOfRequest = (request: JsonObject) =>
    containedMedication(request) ?? medicineOf(request, medicines.byId)
  // Lists of work items show the newest first, so the ServiceRequests come last here and first there.
  const encounterOrders = [
    ...devices.resources.map((one) => asServiceRequest(one)),
    ...medications.resources
      .map((one) => asServiceRequest(one, medicineOfRequest(one)))
      .filter(isGivenByClinician),
    ...orders.resources,
  ].filter((order) =>
    isOfThisEncounter({ encounterId: encounterIdOf(order), when: dateAt(order, 'authoredOn') }),
  )

  const texts = noteTexts.ofEncounter(ref.encounterId)
  const [people, notes] = await Promise.all([
    readPeople(chart, {
      encounter: encounterResource,
      patient,
      orders: encounterOrders,
      coverages: coverages.resources,
    }),
    readDocuments(documents.resources, {
      ...settings,
      encounterId: ref.encounterId,
      readBinary: (id, maxBytes) => chart.readBinary(id, maxBytes),
      readSignedUrl: (url, maxBytes) =>
        chart.readOrReason(() => signedUrls.read(url, maxBytes, signal)),
      readText: (file) =>
        texts.read({ ...file, maxBytes: settings.limits.maxDocumentBytes }, signal),
      once: (key, read) => options.memo.once(key, read),
    }),
  ])
  const day = (bareEncounter.periodStart ?? bareEncounter.periodEnd)?.slice(0, 10)
  const directory = { ...people.directory, day }
  const encounter = toEncounter(encounterResource, directory)
  const of = {
    encounter,
    timeZone,
    diagnosisIds: referencesAt(encounterResource, 'diagnosis.condition', 'Condition'),
  }

  const bundle: ClinicalBundle = {
    practiceId: ref.practiceId,
    patient: toPatient(patient, day),
    encounter,
    orders: encounterOrders.map((resource) => toOrder(resource, directory)),
    conditions: conditions.resources.map((resource) => toCondition(resource, of)),
    observations: observations.resources.map(toObservation),
    procedures: procedures.resources.map(toProcedure),
    medications: medications.resources
      .map((resource) => toMedication(resource, medicineOfRequest(resource)))
      .map((one) =>
        isOfThisEncounter({ encounterId: one.encounterId, when: one.authoredOn })
          ? { ...one, encounterId: ref.encounterId }
          : one,
      ),
    ...(reports === undefined ? {} : { reports: reports.resources.map(toReport) }),
    documents: notes.documents.map((one) =>
      one.encounterIds.length === 0 && isOfThisEncounter({ when: one.date })
        ? { ...one, encounterIds: [ref.encounterId] }
        : one,
    ),
    coverages: coverages.resources.map((resource) =>
      toCoverage(resource, directory.organizations, day),
    ),
    practitioners: people.practitioners.resources.map((one) => toPractitioner(one, day)),
    organizations: people.organizations.resources.map((one) => toOrganization(one, day)),
    completeness: [
      complete('Encounter', 1),
      complete('Patient', 1),
      ...[orders, devices, conditions, observations, procedures].map((kind) => kind.completeness),
      medicines.completeness.outcome === 'complete'
        ? medications.completeness
        : downgraded(
            medications.completeness,
            'partial',
            'some refer to a Medication that was not read',
          ),
      notes.unreadReason === undefined
        ? documents.completeness
        : downgraded(documents.completeness, 'partial', notes.unreadReason),
      ...[
        coverages,
        people.practitioners,
        people.organizations,
        ...(reports === undefined ? [] : [reports]),
      ].map((kind) => kind.completeness),
    ],
  }
  return inLocalTime(bundle, timeZone)
}

/** Whether a scope for this type is configured. Optional types are only searched with one. */
function hasScope({ scopes }: EhrSettings, resourceType: string): boolean {
  return scopes.some((scope) => new RegExp(`/(?:${resourceType}|\\*)\\.`).test(scope))
}

/** Everyone referenced by the encounter's resources. Roles are read first: they reference practitioners and organizations. */
async function readPeople(
  chart: ChartReading,
  named: {
    readonly encounter: JsonObject
    readonly patient: JsonObject
    readonly orders: readonly JsonObject[]
    readonly coverages: readonly JsonObject[]
  },
): Promise<{
  readonly directory: Omit<Directory, 'day'>
  readonly practitioners: Kind
  readonly organizations: Kind
}> {
  const { encounter, patient, orders, coverages } = named
  const idsOf = (
    resourceType: 'Practitioner' | 'PractitionerRole' | 'Organization',
    roles: readonly JsonObject[] = [],
  ) => [
    ...idsNamed([encounter], ['participant.individual', 'serviceProvider'], resourceType),
    ...idsNamed([patient], ['generalPractitioner'], resourceType),
    ...idsNamed(orders, ['requester', 'performer'], resourceType),
    ...idsNamed(coverages, ['payor'], resourceType),
    ...idsNamed(roles, ['practitioner', 'organization'], resourceType),
  ]
  const roles = await chart.readEach('PractitionerRole', idsOf('PractitionerRole'))
  const [practitioners, organizations] = await Promise.all([
    chart.readEach('Practitioner', idsOf('Practitioner', roles.resources)),
    chart.readEach('Organization', idsOf('Organization', roles.resources)),
  ])
  const directory = {
    roles: byId(roles.resources),
    practitioners: byId(practitioners.resources),
    organizations: byId(organizations.resources),
  }
  return { directory, practitioners, organizations }
}

/** The Medication resources that the requests refer to: included in the search, or read by id. */
async function readMedicines(
  chart: ChartReading,
  requests: Kind,
): Promise<{
  readonly byId: ReadonlyMap<string, JsonObject>
  readonly completeness: Kind['completeness']
}> {
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
  return {
    byId: new Map([...known, ...byId(missing.resources)]),
    completeness: missing.completeness,
  }
}

/** The date (`YYYY-MM-DD`) that many months earlier. */
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
  const id = referencedId(textAt(request, 'medicationReference.reference'), 'Medication')
  return id === undefined ? undefined : medicines.get(id)
}
