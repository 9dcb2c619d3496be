export interface SearchParameter {
  /**
   * `token`: codes, codings, identifiers. `reference`: an id. `date`: a date or a period. `string`: a
   * case-insensitive prefix.
   */
  readonly kind: 'token' | 'reference' | 'date' | 'string'
  readonly paths: readonly string[]
}

const token = (...paths: string[]): SearchParameter => ({ kind: 'token', paths })
const reference = (...paths: string[]): SearchParameter => ({ kind: 'reference', paths })
const date = (...paths: string[]): SearchParameter => ({ kind: 'date', paths })
const string = (...paths: string[]): SearchParameter => ({ kind: 'string', paths })

const ofPatient = {
  patient: reference('subject', 'patient', 'beneficiary'),
  subject: reference('subject', 'patient', 'beneficiary'),
  identifier: token('identifier'),
}
const inEncounter = { ...ofPatient, encounter: reference('encounter', 'context.encounter') }
const named = {
  name: string('name.family', 'name.given', 'name.text', 'name'),
  identifier: token('identifier'),
}
const person = { ...named, family: string('name.family'), given: string('name.given') }
const address = string('address.line', 'address.city', 'address.state', 'address.postalCode')

/**
 * The search parameters of the served types, with their FHIR R4 names.
 *
 * @see https://hl7.org/fhir/R4/searchparameter-registry.html
 */
export const searchParameters: Readonly<Record<string, Readonly<Record<string, SearchParameter>>>> =
  {
    Patient: { ...person, birthdate: date('birthDate'), gender: token('gender') },
    Encounter: {
      ...ofPatient,
      date: date('period'),
      status: token('status'),
      class: token('class'),
      type: token('type'),
    },
    Condition: {
      ...inEncounter,
      category: token('category'),
      'clinical-status': token('clinicalStatus'),
      'verification-status': token('verificationStatus'),
      code: token('code'),
      'recorded-date': date('recordedDate'),
      'onset-date': date('onsetDateTime', 'onsetPeriod'),
    },
    Observation: {
      ...inEncounter,
      category: token('category'),
      code: token('code'),
      date: date('effectiveDateTime', 'effectiveInstant', 'effectivePeriod'),
      status: token('status'),
    },
    Procedure: {
      ...inEncounter,
      code: token('code'),
      date: date('performedDateTime', 'performedPeriod'),
      status: token('status'),
    },
    MedicationRequest: {
      ...inEncounter,
      intent: token('intent'),
      status: token('status'),
      authoredon: date('authoredOn'),
      code: token('medicationCodeableConcept'),
    },
    Medication: { code: token('code') },
    DocumentReference: {
      ...inEncounter,
      category: token('category'),
      type: token('type'),
      date: date('date'),
      period: date('context.period'),
      status: token('status'),
    },
    Binary: {},
    ServiceRequest: {
      ...inEncounter,
      category: token('category'),
      code: token('code'),
      authored: date('authoredOn'),
      status: token('status'),
      intent: token('intent'),
    },
    DeviceRequest: {
      ...inEncounter,
      code: token('codeCodeableConcept'),
      'authored-on': date('authoredOn'),
      status: token('status'),
      intent: token('intent'),
    },
    DiagnosticReport: {
      ...inEncounter,
      category: token('category'),
      code: token('code'),
      date: date('effectiveDateTime', 'effectivePeriod'),
      status: token('status'),
    },
    Coverage: {
      ...ofPatient,
      beneficiary: reference('beneficiary'),
      status: token('status'),
      type: token('type'),
    },
    Practitioner: person,
    PractitionerRole: {
      identifier: token('identifier'),
      practitioner: reference('practitioner'),
      organization: reference('organization'),
      specialty: token('specialty'),
    },
    Organization: { ...named, address },
    Location: { ...named, address, organization: reference('managingOrganization') },
    Device: { ...ofPatient, type: token('type') },
    RelatedPerson: { ...person, ...ofPatient },
  }

export const servedTypes: ReadonlySet<string> = new Set(Object.keys(searchParameters))

/** Parameters of every type that control the result rather than the search. */
export const resultParameters: ReadonlySet<string> = new Set([
  '_count',
  '_sort',
  '_format',
  '_include',
  '_revinclude',
  '_total',
])
