import type { NamedPlace, NamedProfessional, PractitionerEntry } from '@authscript/prior-auth'
import { isObject, type Json, type JsonObject } from '../../client/parse-resource.ts'
import { objectsAt, present, referencedId, textAt, textsAt, valuesAt } from '../fields.ts'
import { chosenTelecom, isInUse, isNpi } from './chosen.ts'
import { placeOf, professionalOf, taxonomyAt } from './people.ts'

/** The people and organizations that were read for a chart, by id, and the day to resolve them for (`YYYY-MM-DD`). */
export interface Directory {
  readonly practitioners: ReadonlyMap<string, JsonObject>
  readonly roles: ReadonlyMap<string, JsonObject>
  readonly organizations: ReadonlyMap<string, JsonObject>
  readonly day: string | undefined
}

export const emptyDirectory: Directory = {
  practitioners: new Map(),
  roles: new Map(),
  organizations: new Map(),
  day: undefined,
}

/** The professionals referenced at `path`, e.g. `requester`: one for each reference, even if nothing else is known about it. */
export function professionalsAt(
  resource: JsonObject,
  path: string,
  directory: Directory,
): NamedProfessional[] {
  return objectsAt(resource, path).map((reference) =>
    professionalOfReference(reference, resource, directory),
  )
}

/** Types whose display is not the name of a treating or ordering person. */
const notProfessional: ReadonlySet<string> = new Set([
  'Patient',
  'RelatedPerson',
  'Device',
  'CareTeam',
  'HealthcareService',
  'Group',
])

/**
 * Resolved by reference, contained resource, identifier or display, in that order. An unresolved reference keeps its own display and
 * identifier: it is never replaced by another person.
 */
function professionalOfReference(
  reference: JsonObject,
  container: JsonObject,
  directory: Directory,
): NamedProfessional {
  const type = typeOf(reference, container)
  if (type !== undefined && notProfessional.has(type)) return {}
  const target = targetOf(reference, container, directory)
  const display = textAt(reference, 'display')
  if (type === 'Organization')
    return present({
      organizationId: referencedId(textAt(reference, 'reference'), 'Organization'),
      organizationName: (target === undefined ? undefined : textAt(target, 'name')) ?? display,
    })
  const own = present({ name: display, npi: npiOfReference(reference) })
  const practitionerId = referencedId(textAt(reference, 'reference'), 'Practitioner')
  if (target === undefined) {
    const same = practitionerId === undefined ? byNpi(own.npi, directory) : undefined
    return { ...same, ...own, ...present({ practitionerId }) }
  }
  if (target['resourceType'] === 'PractitionerRole')
    return { ...own, ...professionalInRole(target, container, directory) }
  return { ...own, ...professionalOf(target, directory.day), ...present({ practitionerId }) }
}

function professionalInRole(
  role: JsonObject,
  container: JsonObject,
  directory: Directory,
): NamedProfessional {
  const [practitioner] = professionalsAt(withContained(role, container), 'practitioner', directory)
  const [organization] = placesAt(withContained(role, container), 'organization', directory)
  return {
    ...practitioner,
    ...present({
      specialty:
        textAt(role, 'specialty.text', 'specialty.coding.display') ?? practitioner?.specialty,
      taxonomy: taxonomyAt(role, 'specialty') ?? taxonomyAt(role, 'code') ?? practitioner?.taxonomy,
      phone: chosenTelecom(role, 'phone', directory.day, 'work') ?? practitioner?.phone,
      fax: chosenTelecom(role, 'fax', directory.day, 'work') ?? practitioner?.fax,
      organizationId: organization?.organizationId,
      organizationName: organization?.name,
    }),
  }
}

/** The organizations and locations referenced at `path`. */
export function placesAt(resource: JsonObject, path: string, directory: Directory): NamedPlace[] {
  return objectsAt(resource, path).flatMap((reference) => {
    const type = typeOf(reference, resource)
    if (type !== 'Organization' && type !== 'Location' && path !== 'organization') return []
    const target = targetOf(reference, resource, directory)
    return {
      ...present({ name: textAt(reference, 'display') }),
      ...(target === undefined ? {} : placeOf(target, directory.day)),
      ...present({
        organizationId: referencedId(textAt(reference, 'reference'), 'Organization'),
      }),
    }
  })
}

/** The referenced resource: contained in `container`, or read from the EHR. */
function targetOf(
  reference: JsonObject,
  container: JsonObject,
  { practitioners, roles, organizations }: Directory,
): JsonObject | undefined {
  const text = textAt(reference, 'reference')
  if (text?.startsWith('#') === true) return containedIn(container, text)
  const read = { Practitioner: practitioners, PractitionerRole: roles, Organization: organizations }
  for (const [type, known] of Object.entries(read)) {
    const id = referencedId(text, type)
    if (id !== undefined) return known.get(id)
  }
  return undefined
}

/** The contained resource with `#id`; undefined if there is none. */
export function containedIn(container: JsonObject, reference: string): JsonObject | undefined {
  return valuesAt(container, 'contained').find(
    (one): one is JsonObject => isObject(one) && textAt(one, 'id') === reference.slice(1),
  )
}

function withContained(role: JsonObject, container: JsonObject): JsonObject {
  return role['contained'] === undefined && container['contained'] !== undefined
    ? { ...role, contained: container['contained'] }
    : role
}

/** The type of the referenced resource: from the contained resource, from the reference's URL, or from its `type`. */
export function typeOf(reference: JsonObject, container: JsonObject): string | undefined {
  const text = textAt(reference, 'reference')
  if (text?.startsWith('#') === true) {
    const target = containedIn(container, text)
    if (target !== undefined) return textAt(target, 'resourceType')
  }
  const [, shown] = /(?:^|\/)([A-Z][A-Za-z]+)\/[^/]+(?:\/_history\/[^/]+)?$/.exec(text ?? '') ?? []
  return shown ?? textAt(reference, 'type')
}

function npiOfReference(reference: JsonObject): string | undefined {
  const [identifier] = objectsAt(reference, 'identifier')
  return identifier !== undefined && isNpi(identifier) && isInUse(identifier, undefined)
    ? textAt(identifier, 'value')
    : undefined
}

/** The practitioner with this NPI among those that were read. */
function byNpi(
  npi: string | undefined,
  { practitioners, day }: Directory,
): Omit<PractitionerEntry, 'source'> | undefined {
  if (npi === undefined) return undefined
  for (const resource of practitioners.values()) {
    const found = professionalOf(resource, day)
    if (found.npi === npi) return found
  }
  return undefined
}

/** The ids that must be read to resolve the people and organizations in these resources. */
export function idsNamed(
  resources: readonly JsonObject[],
  paths: readonly string[],
  resourceType: 'Practitioner' | 'PractitionerRole' | 'Organization',
): string[] {
  return resources.flatMap((resource) => [
    ...paths.flatMap((path) => referenceIds(resource, path, resourceType)),
    // Contained roles reference people and organizations outside of the resource.
    ...objectsAt(resource, 'contained').flatMap((one) =>
      ['practitioner', 'organization'].flatMap((path) => referenceIds(one, path, resourceType)),
    ),
  ])
}

function referenceIds(value: Json, path: string, resourceType: string): string[] {
  return textsAt(value, `${path}.reference`).flatMap((one) => referencedId(one, resourceType) ?? [])
}
