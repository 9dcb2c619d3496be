import type { Concept, OrderEntry } from '@authscript/prior-auth'
import type { JsonObject } from '../client/parse-resource.ts'
import { conceptAt, encounterIdOf } from './entries.ts'
import {
  codesAt,
  conceptsAt,
  dateAt,
  numberAt,
  objectsAt,
  present,
  referencesAt,
  sourceOf,
  textAt,
  textsAt,
} from './fields.ts'
import {
  containedIn,
  type Directory,
  emptyDirectory,
  placesAt,
  professionalsAt,
  typeOf,
} from './people/named.ts'
import { statusAt, verificationStatusOf } from './status.ts'

export function toOrder(resource: JsonObject, directory: Directory = emptyDirectory): OrderEntry {
  const priority = (['routine', 'urgent', 'asap', 'stat'] as const).find(
    (one) => one === textAt(resource, 'priority')?.toLowerCase(),
  )
  const quantity = numberAt(resource, 'quantityQuantity.value')
  const performerOrganizationIds = referencesAt(resource, 'performer', 'Organization')
  const locationCodes = codesAt(resource, 'locationCode')
  return {
    source: sourceOf(resource),
    status: statusAt(resource, 'status') ?? 'unknown',
    code: conceptAt(resource, 'code'),
    performerIds: referencesAt(resource, 'performer', 'Practitioner'),
    reasons: [...conceptsAt(resource, 'reasonCode'), ...reasonsReferredTo(resource)],
    reasonConditionIds: referencesAt(resource, 'reasonReference', 'Condition'),
    bodySites: conceptsAt(resource, 'bodySite'),
    coverageIds: referencesAt(resource, 'insurance', 'Coverage'),
    notes: [...textsAt(resource, 'note.text')],
    ...present({
      intent: statusAt(resource, 'intent'),
      priority,
      authoredOn: dateAt(resource, 'authoredOn'),
      occurrenceStart: dateAt(resource, 'occurrenceDateTime', 'occurrencePeriod.start'),
      occurrenceEnd: dateAt(resource, 'occurrencePeriod.end'),
      encounterId: encounterIdOf(resource),
      requesterId: referencesAt(resource, 'requester', 'Practitioner')[0],
      requester: professionalsAt(resource, 'requester', directory)[0],
      performer: performerOf(resource, directory),
      facility: [
        ...placesAt(resource, 'performer', directory),
        ...placesAt(resource, 'locationReference', directory),
      ][0],
      quantity: quantity === undefined ? undefined : String(quantity),
      performerOrganizationIds:
        performerOrganizationIds.length === 0 ? undefined : performerOrganizationIds,
      locationCodes: locationCodes.length === 0 ? undefined : locationCodes,
    }),
  }
}

/** The first performer who is a person. */
function performerOf(resource: JsonObject, directory: Directory): OrderEntry['performer'] {
  return professionalsAt(resource, 'performer', directory).find(
    (one) => one.practitionerId !== undefined || one.name !== undefined || one.npi !== undefined,
  )
}

const notReasons: ReadonlySet<string> = new Set([
  'refuted',
  'entered-in-error',
  'unconfirmed',
  'provisional',
  'differential',
])

/** Reasons contained in the order, and those it only references: a result, a report, a condition of another server. */
function reasonsReferredTo(resource: JsonObject): Concept[] {
  return objectsAt(resource, 'reasonReference').flatMap((reference): readonly Concept[] => {
    const text = textAt(reference, 'reference')
    const target = text?.startsWith('#') ? containedIn(resource, text) : undefined
    if (target !== undefined) {
      if (notReasons.has(verificationStatusOf(target) ?? '')) return []
      const { codings, text: words } = conceptAt(target, 'code')
      // A result is not a diagnosis: its code says what was measured, so only its text is used as the reason.
      return target['resourceType'] === 'Condition'
        ? [conceptAt(target, 'code')]
        : asText(words ?? codings.find((one) => one.display !== undefined)?.display)
    }
    const isRead = typeOf(reference, resource) === 'Condition' && /^\/?Condition\//.test(text ?? '')
    return isRead ? [] : asText(textAt(reference, 'display'))
  })
}

function asText(text: string | undefined): readonly Concept[] {
  return text === undefined ? [] : [{ codings: [], text }]
}
