import {
  codeSystem,
  type OrganizationEntry,
  type PatientEntry,
  type PostalAddress,
  type PractitionerEntry,
} from '@authscript/prior-auth'
import { isObject, type Json, type JsonObject } from '../../client/parse-resource.ts'
import {
  codingsAt,
  dateAt,
  objectsAt,
  present,
  referencedId,
  referencesAt,
  sourceOf,
  textAt,
  textsAt,
} from '../fields.ts'
import {
  chosenAddress,
  chosenIdentifier,
  chosenName,
  chosenTelecom,
  hasSystem,
  npiOf,
  type ContactContext,
} from './chosen.ts'

/** The people of a chart, as of the day of the encounter (`YYYY-MM-DD`). */

export function toPatient(resource: JsonObject, day?: string): PatientEntry {
  const name = chosenName(resource, day)
  const gender = (['male', 'female', 'other', 'unknown'] as const).find(
    (one) => one === textAt(resource, 'gender')?.toLowerCase(),
  )
  const deceasedOn = dateAt(resource, 'deceasedDateTime')
  const isDeceased =
    resource['deceasedBoolean'] === true ||
    (resource['deceasedDateTime'] !== undefined && resource['deceasedDateTime'] !== null)
  return {
    source: sourceOf(resource),
    ...namesOf(name),
    ...present({
      recordNumber: recordNumberOf(resource),
      birthDate: dateAt(resource, 'birthDate'),
      gender,
      phone: chosenTelecom(resource, 'phone', day, 'home'),
      ...addressesOf(resource, day, 'home'),
      generalPractitionerIds: nonEmpty(
        referencesAt(resource, 'generalPractitioner', 'Practitioner'),
      ),
      isDeceased: isDeceased ? true : undefined,
      deceasedOn,
      isInactive: resource['active'] === false ? true : undefined,
      replacedByIds: nonEmpty(replacementsOf(resource)),
    }),
  }
}

/** The only identifier of type MR. @see http://terminology.hl7.org/CodeSystem/v2-0203 */
function recordNumberOf(resource: JsonObject): string | undefined {
  const numbers = objectsAt(resource, 'identifier')
    .filter(
      (identifier) =>
        textAt(identifier, 'use') !== 'old' &&
        objectsAt(identifier, 'type.coding').some((coding) => textAt(coding, 'code') === 'MR'),
    )
    .map((identifier) => textAt(identifier, 'value'))
  const [only, another] = new Set(numbers)
  return another === undefined ? only : undefined
}

/** The records into which this one was merged; `unknown` for a link without a usable reference. */
function replacementsOf(resource: JsonObject): string[] {
  return objectsAt(resource, 'link')
    .filter((link) => textAt(link, 'type')?.toLowerCase() === 'replaced-by')
    .map((link) => referencedId(textAt(link, 'other.reference'), 'Patient') ?? 'unknown')
}

/** Given and family names. A text is only split if it is unambiguous: "Doe, Ann" and "Ann Doe". */
function namesOf(name: JsonObject | undefined): {
  readonly givenNames: string[]
  readonly familyName?: string
} {
  if (name === undefined) return { givenNames: [] }
  const given = [...textsAt(name, 'given')]
  const family = textAt(name, 'family')
  const text = textAt(name, 'text')
  if (family !== undefined || text === undefined)
    return { givenNames: given, ...present({ familyName: family }) }
  if (given.length > 0) {
    const first = given.join(' ')
    const rest = text.startsWith(`${first} `) ? text.slice(first.length + 1) : text
    return { givenNames: given, familyName: rest }
  }
  const [, familyFirst, givenLast] = /^([^,]+),\s*([^,]+)$/.exec(text) ?? []
  if (familyFirst !== undefined && givenLast !== undefined)
    return { givenNames: givenLast.split(/\s+/), familyName: familyFirst }
  const [first, second, third] = text.split(/\s+/)
  return first !== undefined && second !== undefined && third === undefined
    ? { givenNames: [first], familyName: second }
    : { givenNames: [], familyName: text }
}

export function toPractitioner(resource: JsonObject, day?: string): PractitionerEntry {
  return { source: sourceOf(resource), ...professionalOf(resource, day) }
}

/** The details of a Practitioner, contained or not. */
export function professionalOf(
  resource: JsonObject,
  day: string | undefined,
): Omit<PractitionerEntry, 'source'> {
  const name = chosenName(resource, day)
  return present({
    name: name === undefined ? undefined : writtenName(name),
    sortName: sortNameOf(name),
    npi: npiOf(resource, day),
    specialty: textAt(resource, 'qualification.code.text', 'qualification.code.coding.display'),
    taxonomy: taxonomyAt(resource, 'qualification.code'),
    phone: chosenTelecom(resource, 'phone', day, 'work'),
    fax: chosenTelecom(resource, 'fax', day, 'work'),
  })
}

/** Family name first. Undefined for a text of three or more words, in which the family name cannot be identified. */
function sortNameOf(name: JsonObject | undefined): string | undefined {
  const { familyName, givenNames } = namesOf(name)
  if (familyName === undefined || (givenNames.length === 0 && /\s/.test(familyName)))
    return textAt(name ?? {}, 'family')
  return [familyName, ...givenNames].join(' ')
}

function writtenName(name: JsonObject): string | undefined {
  const parts = ['prefix', 'given', 'family', 'suffix'].flatMap((part) => textsAt(name, part))
  return textAt(name, 'text') ?? (parts.length === 0 ? undefined : parts.join(' '))
}

export function taxonomyAt(resource: Json, path: string): string | undefined {
  return codingsAt(resource, path).find((one) => one.system === codeSystem.taxonomy)?.code
}

export function toOrganization(resource: JsonObject, day?: string): OrganizationEntry {
  return { source: sourceOf(resource), ...placeOf(resource, day) }
}

/** The details of an Organization or a Location. */
export function placeOf(
  resource: JsonObject,
  day: string | undefined,
): Omit<OrganizationEntry, 'source'> {
  return present({
    name: textAt(resource, 'name'),
    npi: npiOf(resource, day),
    phone: chosenTelecom(resource, 'phone', day, 'work'),
    fax: chosenTelecom(resource, 'fax', day, 'work'),
    ...addressesOf(resource, day, 'work'),
    taxId: chosenIdentifier(resource, day, (one) => hasSystem(one, codeSystem.ein)),
  })
}

function addressesOf(
  resource: JsonObject,
  day: string | undefined,
  context: ContactContext,
): { readonly address?: string | undefined; readonly postalAddress?: PostalAddress | undefined } {
  // A Location has a single address, not a list.
  const address = Array.isArray(resource['address'])
    ? chosenAddress(resource, day, context)
    : isObject(resource['address'])
      ? resource['address']
      : undefined
  if (address === undefined) return {}
  const lines = textsAt(address, 'line')
  const [city, state, postalCode] = ['city', 'state', 'postalCode'].map((one) =>
    textAt(address, one),
  )
  const street = lines.length === 0 ? undefined : lines.join(', ')
  const parts = present({ street, city, state, postalCode })
  const line = [...lines, city, [state, postalCode].filter(Boolean).join(' ')].filter(Boolean)
  return {
    address: line.length === 0 ? textAt(address, 'text') : line.join(', '),
    postalAddress: Object.keys(parts).length === 0 ? undefined : parts,
  }
}

/** Undefined for an empty list. */
function nonEmpty(found: string[]): string[] | undefined {
  return found.length === 0 ? undefined : found
}
