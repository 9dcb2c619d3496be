import type {
  ConditionEntry,
  CoverageEntry,
  EncounterEntry,
  MedicationEntry,
  ObservationEntry,
  OrderEntry,
  OrganizationEntry,
  PatientEntry,
  PostalAddress,
  PractitionerEntry,
  ProcedureEntry,
} from '@authscript/prior-auth'
import { codeSystem } from '@authscript/prior-auth'
import type { Json, JsonObject } from '../client/limits.ts'
import {
  codesAt,
  conceptOf,
  conceptsAt,
  dateAt,
  measuredValueOf,
  numberAt,
  objectsAt,
  present,
  referencesAt,
  sourceOf,
  textAt,
  textsAt,
  valuesAt,
} from './fields.ts'

/** FHIR resources in our own words, one function a type. */

export function toPatient(resource: JsonObject): PatientEntry {
  const names = objectsAt(resource, 'name')
  const name = names.find((one) => one['use'] === 'official') ?? names[0]
  const gender = (['male', 'female', 'other', 'unknown'] as const).find(
    (one) => one === resource['gender'],
  )
  return {
    source: sourceOf(resource),
    givenNames: name === undefined ? [] : [...textsAt(name, 'given')],
    ...present({
      familyName: name === undefined ? undefined : (textAt(name, 'family') ?? textAt(name, 'text')),
      birthDate: dateAt(resource, 'birthDate'),
      gender,
      phone: telecom(resource, 'phone'),
      address: addressOf(resource),
      postalAddress: postalAddressOf(resource),
      generalPractitionerIds: someOf(referencesAt(resource, 'generalPractitioner', 'Practitioner')),
    }),
  }
}

export function toEncounter(resource: JsonObject): EncounterEntry {
  return {
    source: sourceOf(resource),
    status: textAt(resource, 'status') ?? 'unknown',
    types: conceptsAt(resource, 'type'),
    reasons: conceptsAt(resource, 'reasonCode'),
    practitionerIds: referencesAt(resource, 'participant.individual', 'Practitioner'),
    ...present({
      classCode: textAt(resource, 'class.code'),
      periodStart: dateAt(resource, 'period.start'),
      periodEnd: dateAt(resource, 'period.end'),
      organizationId: referencesAt(resource, 'serviceProvider', 'Organization')[0],
    }),
  }
}

export function toCondition(resource: JsonObject): ConditionEntry {
  return {
    source: sourceOf(resource),
    code: conceptAt(resource, 'code'),
    categories: codesAt(resource, 'category'),
    ...present({
      clinicalStatus: codesAt(resource, 'clinicalStatus')[0],
      verificationStatus: codesAt(resource, 'verificationStatus')[0],
      onsetDate: dateAt(resource, 'onsetDateTime', 'onsetPeriod.start'),
      abatementDate: dateAt(resource, 'abatementDateTime', 'abatementPeriod.start'),
      recordedDate: dateAt(resource, 'recordedDate'),
      encounterId: referencesAt(resource, 'encounter', 'Encounter')[0],
    }),
  }
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
      status: textAt(resource, 'status'),
      effectiveDate: dateAt(
        resource,
        'effectiveDateTime',
        'effectivePeriod.start',
        'effectiveInstant',
        'issued',
      ),
      value: measuredValueOf(resource),
      absentReason: absent === undefined ? undefined : conceptOf(absent),
      encounterId: referencesAt(resource, 'encounter', 'Encounter')[0],
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
      status: textAt(resource, 'status'),
      performedStart: dateAt(resource, 'performedDateTime', 'performedPeriod.start'),
      performedEnd: dateAt(resource, 'performedPeriod.end', 'performedDateTime'),
      encounterId: referencesAt(resource, 'encounter', 'Encounter')[0],
    }),
  }
}

/** `medication` is the code that a reference led to, where the request has none of its own. */
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
      status: textAt(resource, 'status'),
      intent: textAt(resource, 'intent'),
      authoredOn: dateAt(resource, 'authoredOn'),
      dosage: textAt(resource, 'dosageInstruction.text'),
      encounterId: referencesAt(resource, 'encounter', 'Encounter')[0],
    }),
  }
}

export function toOrder(resource: JsonObject): OrderEntry {
  const priority = (['routine', 'urgent', 'asap', 'stat'] as const).find(
    (one) => one === resource['priority'],
  )
  const quantity = numberAt(resource, 'quantityQuantity.value')
  return {
    source: sourceOf(resource),
    status: textAt(resource, 'status') ?? 'unknown',
    code: conceptAt(resource, 'code'),
    performerIds: referencesAt(resource, 'performer', 'Practitioner'),
    reasons: conceptsAt(resource, 'reasonCode'),
    reasonConditionIds: referencesAt(resource, 'reasonReference', 'Condition'),
    bodySites: conceptsAt(resource, 'bodySite'),
    coverageIds: referencesAt(resource, 'insurance', 'Coverage'),
    notes: [...textsAt(resource, 'note.text')],
    ...present({
      intent: textAt(resource, 'intent'),
      priority,
      authoredOn: dateAt(resource, 'authoredOn'),
      occurrenceStart: dateAt(resource, 'occurrenceDateTime', 'occurrencePeriod.start'),
      occurrenceEnd: dateAt(resource, 'occurrencePeriod.end'),
      encounterId: referencesAt(resource, 'encounter', 'Encounter')[0],
      requesterId: referencesAt(resource, 'requester', 'Practitioner')[0],
      quantity: quantity === undefined ? undefined : String(quantity),
      performerOrganizationIds: someOf(referencesAt(resource, 'performer', 'Organization')),
      locationCodes: someOf(codesAt(resource, 'locationCode')),
    }),
  }
}

/** `payers` are the organizations that the coverage's payor may refer to. */
export function toCoverage(
  resource: JsonObject,
  payers: ReadonlyMap<string, JsonObject>,
): CoverageEntry {
  const [payerId] = referencesAt(resource, 'payor', 'Organization')
  const payer = payerId === undefined ? undefined : payers.get(payerId)
  const order = numberAt(resource, 'order')
  const classOf = (type: string) =>
    objectsAt(resource, 'class').find((one) => textsAt(one, 'type.coding.code').includes(type))
  const plan = classOf('plan')
  const group = classOf('group')
  return {
    source: sourceOf(resource),
    ...present({
      status: textAt(resource, 'status'),
      memberId: textAt(resource, 'subscriberId') ?? memberIdentifier(resource),
      payerName:
        textAt(resource, 'payor.display') ??
        (payer === undefined ? undefined : textAt(payer, 'name')),
      payerPhone: payer === undefined ? undefined : telecom(payer, 'phone'),
      payerFax: payer === undefined ? undefined : telecom(payer, 'fax'),
      subscriberName: textAt(resource, 'subscriber.display'),
      planName: plan === undefined ? undefined : textAt(plan, 'name', 'value'),
      groupNumber: group === undefined ? undefined : textAt(group, 'value'),
      relationship: codesAt(resource, 'relationship')[0],
      periodStart: dateAt(resource, 'period.start'),
      periodEnd: dateAt(resource, 'period.end'),
      order: order === undefined || !Number.isInteger(order) ? undefined : order,
    }),
  }
}

export function toPractitioner(resource: JsonObject): PractitionerEntry {
  const [name] = objectsAt(resource, 'name')
  const parts =
    name === undefined
      ? []
      : [...textsAt(name, 'prefix'), ...textsAt(name, 'given'), ...textsAt(name, 'family')]
  return {
    source: sourceOf(resource),
    ...present({
      name:
        (name === undefined ? undefined : textAt(name, 'text')) ??
        (parts.length === 0 ? undefined : parts.join(' ')),
      npi: npiOf(resource),
      specialty: textAt(resource, 'qualification.code.text', 'qualification.code.coding.display'),
      taxonomy: taxonomyOf(resource),
      phone: telecom(resource, 'phone'),
      fax: telecom(resource, 'fax'),
    }),
  }
}

export function toOrganization(resource: JsonObject): OrganizationEntry {
  return {
    source: sourceOf(resource),
    ...present({
      name: textAt(resource, 'name'),
      npi: npiOf(resource),
      phone: telecom(resource, 'phone'),
      fax: telecom(resource, 'fax'),
      address: addressOf(resource),
      postalAddress: postalAddressOf(resource),
      taxId: identifierOf(resource, codeSystem.ein),
    }),
  }
}

/** Orders of this visit: those that say so, and those that name no visit but were written on its days. */
export function isOfEncounter(order: OrderEntry, encounter: EncounterEntry): boolean {
  if (order.encounterId !== undefined) return order.encounterId === encounter.source.resourceId
  const day = order.authoredOn?.slice(0, 10)
  const first = encounter.periodStart?.slice(0, 10)
  if (day === undefined || first === undefined) return false
  const last = encounter.periodEnd?.slice(0, 10) ?? first
  return day >= first && day <= last
}

function conceptAt(value: Json, path: string) {
  const [found] = valuesAt(value, path)
  return conceptOf(found)
}

function telecom(resource: JsonObject, system: 'phone' | 'fax'): string | undefined {
  const found = objectsAt(resource, 'telecom').find((one) => one['system'] === system)
  return found === undefined ? undefined : textAt(found, 'value')
}

function chosenAddress(resource: JsonObject): JsonObject | undefined {
  const addresses = objectsAt(resource, 'address')
  return addresses.find((one) => one['use'] === 'home') ?? addresses[0]
}

function postalAddressOf(resource: JsonObject): PostalAddress | undefined {
  const address = chosenAddress(resource)
  if (address === undefined) return undefined
  const lines = textsAt(address, 'line')
  const parts = present({
    street: lines.length === 0 ? undefined : lines.join(', '),
    city: textAt(address, 'city'),
    state: textAt(address, 'state'),
    postalCode: textAt(address, 'postalCode'),
  })
  return Object.keys(parts).length === 0 ? undefined : parts
}

function addressOf(resource: JsonObject): string | undefined {
  const address = chosenAddress(resource)
  if (address === undefined) return undefined
  const place = [
    textAt(address, 'city'),
    [textAt(address, 'state'), textAt(address, 'postalCode')].filter(Boolean).join(' '),
  ]
  const parts = [...textsAt(address, 'line'), ...place].filter(
    (part) => part !== undefined && part !== '',
  )
  return parts.length === 0 ? textAt(address, 'text') : parts.join(', ')
}

function npiOf(resource: JsonObject): string | undefined {
  return identifierOf(resource, codeSystem.npi)
}

function identifierOf(resource: JsonObject, system: string): string | undefined {
  const found = objectsAt(resource, 'identifier').find((one) => one['system'] === system)
  return found === undefined ? undefined : textAt(found, 'value')
}

function taxonomyOf(resource: JsonObject): string | undefined {
  const found = objectsAt(resource, 'qualification.code.coding').find(
    (one) => one['system'] === codeSystem.taxonomy,
  )
  return found === undefined ? undefined : textAt(found, 'code')
}

/** A list that the chart does not have is absent. */
function someOf(found: string[]): string[] | undefined {
  return found.length === 0 ? undefined : found
}

function memberIdentifier(resource: JsonObject): string | undefined {
  const found = objectsAt(resource, 'identifier').find((one) =>
    textsAt(one, 'type.coding.code').includes('MB'),
  )
  return found === undefined ? undefined : textAt(found, 'value')
}
