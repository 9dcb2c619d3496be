import type {
  ConditionEntry,
  EncounterEntry,
  MedicationEntry,
  NamedParticipant,
  ObservationEntry,
  ProcedureEntry,
  ReportEntry,
} from '@authscript/prior-auth'
import type { Json, JsonObject } from '../client/parse-resource.ts'
import { isOfEncounter } from './encounter-time.ts'
import {
  codesAt,
  conceptOf,
  conceptsAt,
  dateAt,
  measuredValueOf,
  objectsAt,
  present,
  referencedId,
  referencesAt,
  sourceOf,
  textAt,
  textsAt,
  valuesAt,
} from './fields.ts'
import { isInPeriod } from './people/chosen.ts'
import { containedIn, type Directory, emptyDirectory, professionalsAt } from './people/named.ts'
import { clinicalStatusOf, statusAt, verificationStatusOf } from './status.ts'

/** Converts FHIR resources to our domain types, one function per type. People are in `people/`, orders in `order.ts`, coverage in `coverage.ts`. */

export function toEncounter(
  resource: JsonObject,
  directory: Directory = emptyDirectory,
): EncounterEntry {
  return {
    source: sourceOf(resource),
    status: statusAt(resource, 'status') ?? 'unknown',
    types: conceptsAt(resource, 'type'),
    reasons: conceptsAt(resource, 'reasonCode'),
    practitionerIds: referencesAt(resource, 'participant.individual', 'Practitioner'),
    ...present({
      classCode: textAt(resource, 'class.code', 'class.coding.code'),
      periodStart: dateAt(resource, 'period.start'),
      periodEnd: dateAt(resource, 'period.end'),
      organizationId: referencesAt(resource, 'serviceProvider', 'Organization')[0],
      participants: participantsOf(resource, directory),
    }),
  }
}

/** The participants with their roles, without those whose period ended before the encounter began. */
function participantsOf(
  resource: JsonObject,
  directory: Directory,
): NamedParticipant[] | undefined {
  const participants = objectsAt(resource, 'participant').flatMap((participant) => {
    const end = dateAt(participant, 'period.end')
    const begin = dateAt(resource, 'period.start')?.slice(0, 10)
    if (!isInPeriod(undefined, end, begin)) return []
    const roles = [
      ...textsAt(participant, 'type.coding.code'),
      ...textsAt(participant, 'type.text'),
      ...textsAt(participant, 'type.coding.display'),
    ]
    return professionalsAt(participant, 'individual', directory).map((one) => ({ ...one, roles }))
  })
  return participants.length === 0 ? undefined : participants
}

/** Used to decide whether a condition without a status belongs to this encounter. */
export interface OfEncounter {
  readonly encounter: EncounterEntry
  readonly timeZone: string
  /** Conditions that the encounter itself lists as its diagnoses. */
  readonly diagnosisIds: readonly string[]
}

export function toCondition(resource: JsonObject, of?: OfEncounter): ConditionEntry {
  const entry: ConditionEntry = {
    source: sourceOf(resource),
    code: conceptAt(resource, 'code'),
    categories: codesAt(resource, 'category'),
    ...present({
      clinicalStatus: clinicalStatusOf(resource),
      verificationStatus: verificationStatusOf(resource),
      onsetDate: dateAt(resource, 'onsetDateTime', 'onsetPeriod.start'),
      abatementDate: dateAt(resource, 'abatementDateTime', 'abatementPeriod.start'),
      recordedDate: dateAt(resource, 'recordedDate'),
      encounterId: encounterIdOf(resource),
    }),
  }
  if (entry.clinicalStatus !== undefined) return entry
  const clinicalStatus = inferredClinicalStatus(resource, entry, of)
  return { ...entry, ...present({ clinicalStatus }) }
}

/**
 * The clinical status of a condition without one: inactive if it has ended; active if it is a diagnosis of this encounter, or on the
 * problem list; undefined for a diagnosis of another encounter. athenahealth sends encounter diagnoses without a status.
 *
 * @see https://github.com/drajer-health/eCRNow/issues/459
 */
function inferredClinicalStatus(
  resource: JsonObject,
  { source, categories, encounterId, recordedDate }: ConditionEntry,
  of: OfEncounter | undefined,
): string | undefined {
  const hasEnded = Object.entries(resource).some(
    ([key, value]) => key.startsWith('abatement') && value !== false && value !== null,
  )
  if (hasEnded) return 'inactive'
  if (!categories.some((one) => /^encounter[- ]diagnosis$/i.test(one))) return 'active'
  if (of === undefined) return undefined
  const isOfThisEncounter =
    of.diagnosisIds.includes(source.resourceId) ||
    isOfEncounter({ encounterId, when: recordedDate }, of.encounter, of.timeZone)
  return isOfThisEncounter ? 'active' : undefined
}

export function toObservation(resource: JsonObject): ObservationEntry {
  const [absent] = objectsAt(resource, 'dataAbsentReason')
  return {
    source: sourceOf(resource),
    code: conceptAt(resource, 'code'),
    categories: codesAt(resource, 'category'),
    components: objectsAt(resource, 'component').map((component) => ({
      code: conceptAt(component, 'code'),
      ...present({ value: measuredValueOf(component) }),
    })),
    ...present({
      status: statusAt(resource, 'status'),
      effectiveDate: dateAt(
        resource,
        'effectiveDateTime',
        'effectivePeriod.start',
        'effectiveInstant',
        'issued',
      ),
      value: measuredValueOf(resource),
      absentReason: absent === undefined ? undefined : conceptOf(absent),
      encounterId: encounterIdOf(resource),
    }),
  }
}

export function toProcedure(resource: JsonObject): ProcedureEntry {
  return {
    source: sourceOf(resource),
    code: conceptAt(resource, 'code'),
    bodySites: conceptsAt(resource, 'bodySite'),
    reasons: conceptsAt(resource, 'reasonCode'),
    notes: [...textsAt(resource, 'note.text')],
    ...present({
      status: statusAt(resource, 'status'),
      performedStart: dateAt(resource, 'performedDateTime', 'performedPeriod.start'),
      performedEnd: dateAt(resource, 'performedPeriod.end', 'performedDateTime'),
      encounterId: encounterIdOf(resource),
    }),
  }
}

/** A report that a study was done: its name, not its findings. */
export function toReport(resource: JsonObject): ReportEntry {
  return {
    source: sourceOf(resource),
    code: conceptAt(resource, 'code'),
    ...present({
      status: statusAt(resource, 'status'),
      effectiveDate: dateAt(resource, 'effectiveDateTime', 'effectivePeriod.start', 'issued'),
    }),
  }
}

/** `medication`: the referenced Medication, used if the request has no code of its own. */
export function toMedication(
  resource: JsonObject,
  medication: JsonObject | undefined,
): MedicationEntry {
  const own = conceptAt(resource, 'medicationCodeableConcept')
  const isEmpty = own.codings.length === 0 && own.text === undefined
  const display = textAt(resource, 'medicationReference.display')
  const referenced =
    medication === undefined
      ? { codings: [], ...present({ text: display }) }
      : conceptAt(medication, 'code')
  return {
    source: sourceOf(resource),
    medication: isEmpty ? referenced : own,
    ...present({
      status: statusAt(resource, 'status'),
      intent: statusAt(resource, 'intent'),
      authoredOn: dateAt(resource, 'authoredOn'),
      dosage: textAt(resource, 'dosageInstruction.text'),
      encounterId: encounterIdOf(resource),
    }),
  }
}

/**
 * The encounter that a resource references. A reference to another server is kept whole, so that it counts as another encounter and
 * not as none.
 */
export function encounterIdOf(resource: JsonObject): string | undefined {
  const reference = textAt(resource, 'encounter.reference')
  return referencedId(reference, 'Encounter') ?? reference
}

export function conceptAt(value: Json, path: string) {
  const [found] = valuesAt(value, path)
  return conceptOf(found)
}

/** The Medication contained in a request. Others are referenced by id. */
export function containedMedication(request: JsonObject): JsonObject | undefined {
  const reference = textAt(request, 'medicationReference.reference')
  return reference?.startsWith('#') === true ? containedIn(request, reference) : undefined
}
