import { z } from 'zod'
import { resourceCompleteness } from './completeness.ts'
import type { Immutable } from './immutable.ts'

/**
 * One visit's chart in our own words: what `gateway/fhir` makes of FHIR R4 and what `intelligence` judges.
 *
 * Every entry carries the resource it came from. Codings keep their system and are never mapped here; dates stay FHIR strings
 * with the precision they were written in (`2026`, `2026-03`, `2026-03-07`, or an instant). An optional field that is absent
 * was absent in the chart; whether a whole kind of resource could be read says `completeness`.
 */

/** Where a fact was read. `versionId` is `meta.versionId`, when the EHR sent one. */
export const resourceSource = z.object({
  resourceType: z.string(),
  resourceId: z.string(),
  versionId: z.string().optional(),
  lastUpdated: z.string().optional(),
})

export const coding = z.object({
  system: z.string().optional(),
  code: z.string().optional(),
  display: z.string().optional(),
})

/** A FHIR CodeableConcept. athenahealth often sends `text` alone. */
export const concept = z.object({
  codings: z.array(coding),
  text: z.string().optional(),
})

/** An address as a form asks for it: in parts, each only as the chart has it. */
export const postalAddress = z.object({
  street: z.string().optional(),
  city: z.string().optional(),
  state: z.string().optional(),
  postalCode: z.string().optional(),
})

export const measuredValue = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('quantity'),
    value: z.number(),
    unit: z.string().optional(),
    /** UCUM code of the unit, when coded. */
    unitCode: z.string().optional(),
    comparator: z.enum(['<', '<=', '>=', '>', 'ad']).optional(),
  }),
  z.object({ kind: z.literal('concept'), concept }),
  z.object({ kind: z.literal('text'), text: z.string() }),
  z.object({ kind: z.literal('boolean'), value: z.boolean() }),
  z.object({
    kind: z.literal('range'),
    low: z.number().optional(),
    high: z.number().optional(),
    unit: z.string().optional(),
  }),
])

export const patientEntry = z.object({
  source: resourceSource,
  familyName: z.string().optional(),
  givenNames: z.array(z.string()),
  birthDate: z.string().optional(),
  /** FHIR administrative gender. */
  gender: z.enum(['male', 'female', 'other', 'unknown']).optional(),
  phone: z.string().optional(),
  address: z.string().optional(),
  postalAddress: postalAddress.optional(),
  /** Patient.generalPractitioner, where it is a person. */
  generalPractitionerIds: z.array(z.string()).optional(),
  /** Absent when the chart does not say that the patient has died. */
  isDeceased: z.literal(true).optional(),
  deceasedOn: z.string().optional(),
  /** The record is marked as no longer in use. */
  isInactive: z.literal(true).optional(),
  /** Ids of the records into which this one was merged; `unknown` where the link names none of this server. */
  replacedByIds: z.array(z.string()).optional(),
})

/**
 * Somebody whom the chart names for a part, with what could be learned of them. Without `name` and `npi`: named, and not known. The part is theirs all
 * the same: nobody else's name may stand there.
 */
export const namedProfessional = z.object({
  /** Where it is a Practitioner of this EHR. */
  practitionerId: z.string().optional(),
  name: z.string().optional(),
  npi: z.string().optional(),
  specialty: z.string().optional(),
  /** Of the NUCC provider taxonomy. */
  taxonomy: z.string().optional(),
  phone: z.string().optional(),
  fax: z.string().optional(),
  /** For whom they act, or the organization itself where no person is named. */
  organizationId: z.string().optional(),
  organizationName: z.string().optional(),
})

export const namedParticipant = namedProfessional.extend({
  /** Codes and words of their part in the encounter (v3 ParticipationType). */
  roles: z.array(z.string()),
})

/** An organization or a place that the chart names, read or contained. */
export const namedPlace = z.object({
  organizationId: z.string().optional(),
  name: z.string().optional(),
  npi: z.string().optional(),
  phone: z.string().optional(),
  fax: z.string().optional(),
  address: z.string().optional(),
  postalAddress: postalAddress.optional(),
  taxId: z.string().optional(),
})

export const encounterEntry = z.object({
  source: resourceSource,
  status: z.string(),
  classCode: z.string().optional(),
  types: z.array(concept),
  reasons: z.array(concept),
  periodStart: z.string().optional(),
  periodEnd: z.string().optional(),
  practitionerIds: z.array(z.string()),
  /** Everybody who took part, by role. Absent in charts that give ids alone. */
  participants: z.array(namedParticipant).optional(),
  organizationId: z.string().optional(),
})

export const conditionEntry = z.object({
  source: resourceSource,
  code: concept,
  categories: z.array(z.string()),
  /** `active` (recurrence and relapse too), `inactive`, `remission`, `resolved`; `unknown` for a status that contradicts itself. */
  clinicalStatus: z.string().optional(),
  /** `confirmed`, `unconfirmed`, `provisional`, `differential`, `refuted`, `entered-in-error`; `unknown` for any other. */
  verificationStatus: z.string().optional(),
  onsetDate: z.string().optional(),
  abatementDate: z.string().optional(),
  recordedDate: z.string().optional(),
  encounterId: z.string().optional(),
})

export const observationEntry = z.object({
  source: resourceSource,
  code: concept,
  categories: z.array(z.string()),
  status: z.string().optional(),
  effectiveDate: z.string().optional(),
  value: measuredValue.optional(),
  components: z.array(z.object({ code: concept, value: measuredValue.optional() })),
  absentReason: concept.optional(),
  encounterId: z.string().optional(),
})

export const procedureEntry = z.object({
  source: resourceSource,
  code: concept,
  status: z.string().optional(),
  performedStart: z.string().optional(),
  performedEnd: z.string().optional(),
  bodySites: z.array(concept),
  reasons: z.array(concept),
  notes: z.array(z.string()),
  encounterId: z.string().optional(),
})

export const medicationEntry = z.object({
  source: resourceSource,
  medication: concept,
  status: z.string().optional(),
  intent: z.string().optional(),
  authoredOn: z.string().optional(),
  dosage: z.string().optional(),
  encounterId: z.string().optional(),
})

/** A DiagnosticReport: that a study was done and reported, by its name. What it found is not read. */
export const reportEntry = z.object({
  source: resourceSource,
  code: concept,
  status: z.string().optional(),
  effectiveDate: z.string().optional(),
})

const unreadPart = z.object({
  contentType: z.string().optional(),
  /** For people: no names, no note text. */
  reason: z.string(),
})

export const documentEntry = z.object({
  source: resourceSource,
  type: concept,
  status: z.string().optional(),
  date: z.string().optional(),
  title: z.string().optional(),
  encounterIds: z.array(z.string()),
  /** Its confidentiality is restricted or very restricted (v3-Confidentiality R, V). */
  isRestricted: z.boolean().optional(),
  content: z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('text'),
      contentType: z.string(),
      text: z.string(),
      /** What else it holds and could not be read (a scanned page, another attachment): the text's silence says nothing. */
      unreadParts: z.array(unreadPart).optional(),
    }),
    /** The text could not be had (a scan, a draft, a failed read, a size limit): what it says is unknown, not absent. */
    unreadPart.extend({ kind: z.literal('unread') }),
  ]),
})

export const orderEntry = z.object({
  source: resourceSource,
  status: z.string(),
  intent: z.string().optional(),
  code: concept,
  priority: z.enum(['routine', 'urgent', 'asap', 'stat']).optional(),
  authoredOn: z.string().optional(),
  occurrenceStart: z.string().optional(),
  occurrenceEnd: z.string().optional(),
  encounterId: z.string().optional(),
  requesterId: z.string().optional(),
  /** Who asks, however the order names them; absent when it names nobody. */
  requester: namedProfessional.optional(),
  /** Who renders the service, where the order names a person. */
  performer: namedProfessional.optional(),
  /** Where it is rendered, where the order names an organization or a location. */
  facility: namedPlace.optional(),
  performerIds: z.array(z.string()),
  /** Performers that are organizations: where the service is to be rendered. */
  performerOrganizationIds: z.array(z.string()).optional(),
  /** Codes of ServiceRequest.locationCode (v3 ServiceDeliveryLocationRoleType, place of service). */
  locationCodes: z.array(z.string()).optional(),
  reasons: z.array(concept),
  reasonConditionIds: z.array(z.string()),
  bodySites: z.array(concept),
  coverageIds: z.array(z.string()),
  quantity: z.string().optional(),
  notes: z.array(z.string()),
})

export const coverageEntry = z.object({
  source: resourceSource,
  status: z.string().optional(),
  type: concept.optional(),
  memberId: z.string().optional(),
  /** The payor is the patient or a relative. */
  isSelfPay: z.literal(true).optional(),
  payerName: z.string().optional(),
  payerPhone: z.string().optional(),
  payerFax: z.string().optional(),
  subscriberName: z.string().optional(),
  planName: z.string().optional(),
  groupNumber: z.string().optional(),
  relationship: z.string().optional(),
  periodStart: z.string().optional(),
  periodEnd: z.string().optional(),
  /** Billing order: 1 is primary. */
  order: z.number().int().optional(),
})

export const practitionerEntry = z.object({
  source: resourceSource,
  name: z.string().optional(),
  npi: z.string().optional(),
  specialty: z.string().optional(),
  /** Of the NUCC provider taxonomy. */
  taxonomy: z.string().optional(),
  phone: z.string().optional(),
  fax: z.string().optional(),
})

export const organizationEntry = z.object({
  source: resourceSource,
  name: z.string().optional(),
  npi: z.string().optional(),
  phone: z.string().optional(),
  fax: z.string().optional(),
  address: z.string().optional(),
  postalAddress: postalAddress.optional(),
  taxId: z.string().optional(),
})

export const clinicalBundle = z.object({
  practiceId: z.string(),
  patient: patientEntry,
  encounter: encounterEntry,
  /** Orders of this visit only, whatever their status; the pipeline judges the active ones. */
  orders: z.array(orderEntry),
  conditions: z.array(conditionEntry),
  observations: z.array(observationEntry),
  procedures: z.array(procedureEntry),
  medications: z.array(medicationEntry),
  /** Absent when they were not asked for. */
  reports: z.array(reportEntry).optional(),
  documents: z.array(documentEntry),
  coverages: z.array(coverageEntry),
  practitioners: z.array(practitionerEntry),
  organizations: z.array(organizationEntry),
  completeness: z.array(resourceCompleteness),
})

export type ResourceSource = Immutable<z.infer<typeof resourceSource>>
export type Coding = Immutable<z.infer<typeof coding>>
export type Concept = Immutable<z.infer<typeof concept>>
export type MeasuredValue = Immutable<z.infer<typeof measuredValue>>
export type PatientEntry = Immutable<z.infer<typeof patientEntry>>
export type EncounterEntry = Immutable<z.infer<typeof encounterEntry>>
export type ConditionEntry = Immutable<z.infer<typeof conditionEntry>>
export type ObservationEntry = Immutable<z.infer<typeof observationEntry>>
export type ProcedureEntry = Immutable<z.infer<typeof procedureEntry>>
export type MedicationEntry = Immutable<z.infer<typeof medicationEntry>>
export type DocumentEntry = Immutable<z.infer<typeof documentEntry>>
export type ReportEntry = Immutable<z.infer<typeof reportEntry>>
export type OrderEntry = Immutable<z.infer<typeof orderEntry>>
export type CoverageEntry = Immutable<z.infer<typeof coverageEntry>>
export type NamedParticipant = Immutable<z.infer<typeof namedParticipant>>
export type NamedPlace = Immutable<z.infer<typeof namedPlace>>
export type NamedProfessional = Immutable<z.infer<typeof namedProfessional>>
export type PostalAddress = Immutable<z.infer<typeof postalAddress>>
export type PractitionerEntry = Immutable<z.infer<typeof practitionerEntry>>
export type OrganizationEntry = Immutable<z.infer<typeof organizationEntry>>
export type ClinicalBundle = Immutable<z.infer<typeof clinicalBundle>>
