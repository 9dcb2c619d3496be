import { z } from 'zod'
import { resourceCompleteness } from './completeness.ts'
import type { Immutable } from './immutable.ts'

/**
 * The chart of one encounter in our domain types: `gateway/fhir` builds it from FHIR R4, and `intelligence`
 * assesses it.
 *
 * Every entry names the resource it came from. Codings keep their system and are never mapped here; dates stay
 * FHIR strings with their original precision (`2026`, `2026-03`, `2026-03-07`, or an instant). An absent
 * optional field was absent in the chart; `completeness` says whether a whole kind of resource could be read.
 */

/** The source of a fact. `versionId` is `meta.versionId`, if the EHR sent one. */
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

/** A FHIR CodeableConcept. athenahealth often sends only `text`. */
export const concept = z.object({
  codings: z.array(coding),
  text: z.string().optional(),
})

/** An address in the parts that forms ask for. Parts missing in the chart are absent. */
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
  /** The practice's medical record number (MRN). */
  recordNumber: z.string().optional(),
  birthDate: z.string().optional(),
  /** FHIR administrative gender. */
  gender: z.enum(['male', 'female', 'other', 'unknown']).optional(),
  phone: z.string().optional(),
  address: z.string().optional(),
  postalAddress: postalAddress.optional(),
  /** From Patient.generalPractitioner, if it is a person. */
  generalPractitionerIds: z.array(z.string()).optional(),
  /** Absent if the chart does not say that the patient has died. */
  isDeceased: z.literal(true).optional(),
  deceasedOn: z.string().optional(),
  /** The record is marked as no longer in use. */
  isInactive: z.literal(true).optional(),
  /** Ids of the records into which this one was merged; `unknown` if the link names none of this server. */
  replacedByIds: z.array(z.string()).optional(),
})

/**
 * A person named in the chart for a role, with what is known about them. Without `name` and `npi`, the person is
 * named but unknown. The role is still theirs, so no other name may be used for it.
 */
export const namedProfessional = z.object({
  /** If it is a Practitioner of this EHR. */
  practitionerId: z.string().optional(),
  name: z.string().optional(),
  /** Family name first, where the chart says which part of the name that is. */
  sortName: z.string().optional(),
  npi: z.string().optional(),
  specialty: z.string().optional(),
  /** From the NUCC provider taxonomy. */
  taxonomy: z.string().optional(),
  phone: z.string().optional(),
  fax: z.string().optional(),
  /** The organization they act for, or the organization itself if no person is named. */
  organizationId: z.string().optional(),
  organizationName: z.string().optional(),
})

export const namedParticipant = namedProfessional.extend({
  /** Codes and text of their role in the encounter (v3 ParticipationType). */
  roles: z.array(z.string()),
})

/** An organization or a location named in the chart, read or contained. */
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
  /** All participants, by role. Absent in charts that only give ids. */
  participants: z.array(namedParticipant).optional(),
  organizationId: z.string().optional(),
})

export const conditionEntry = z.object({
  source: resourceSource,
  code: concept,
  categories: z.array(z.string()),
  /**
   * `active` (including recurrence and relapse), `inactive`, `remission`, `resolved`; `unknown` for a
   * contradictory status.
   */
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

/** A DiagnosticReport: the name of a study that was done and reported. Its findings are not read. */
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
      /**
       * Other content that could not be read (a scanned page, another attachment), so the silence of the text
       * does not count.
       */
      unreadParts: z.array(unreadPart).optional(),
    }),
    /**
     * The text is not available (a scan, a draft, a failed read, a size limit): its content is unknown, not
     * absent.
     */
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
  /** The person or organization that requests, as the order names them; absent if it names nobody. */
  requester: namedProfessional.optional(),
  /** The person who renders the service, if the order names one. */
  performer: namedProfessional.optional(),
  /** The place where it is rendered, if the order names an organization or a location. */
  facility: namedPlace.optional(),
  performerIds: z.array(z.string()),
  /** Performers that are organizations: where the service will be rendered. */
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
  /** Family name first, where the chart says which part of the name that is. */
  sortName: z.string().optional(),
  npi: z.string().optional(),
  specialty: z.string().optional(),
  /** From the NUCC provider taxonomy. */
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
  /** All orders of this encounter, whatever their status; the pipeline assesses the active ones. */
  orders: z.array(orderEntry),
  conditions: z.array(conditionEntry),
  observations: z.array(observationEntry),
  procedures: z.array(procedureEntry),
  medications: z.array(medicationEntry),
  /** Absent if they were not requested. */
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
