import type { JsonObject } from '../client/limits.ts'
import { documentIdentifierSystem } from '../documents/verify-document.ts'
import {
  codesAt,
  dateAt,
  objectsAt,
  referencesAt,
  textAt,
  textsAt,
} from '../to-clinical-bundle/fields.ts'

/** What a document counts for: evidence; nothing, because a later one took its place or we wrote it; or unknown, because it is no finished note. */
export type Standing = 'evidence' | 'left_out' | { readonly reason: string }

const finished: ReadonlySet<string> = new Set(['final', 'amended', 'corrected', 'appended'])
const drafts: ReadonlySet<string> = new Set(['registered', 'partial', 'preliminary'])
const withdrawn: ReadonlySet<string> = new Set(['entered-in-error', 'cancelled', 'deprecated'])

/**
 * How each of a patient's documents stands.
 *
 * A draft and a note in error say nothing. Where a finished version of the same note is there, they are left out; else they are unread,
 * because what the finished note would say is not known.
 *
 * @see https://hl7.org/fhir/R4/valueset-composition-status.html
 */
export function standingsOf(documents: readonly JsonObject[]): ReadonlyMap<JsonObject, Standing> {
  const replaced = new Set(
    documents
      .filter((one) => ownReason(one) === undefined)
      .flatMap((one) =>
        objectsAt(one, 'relatesTo')
          .filter((relation) => textAt(relation, 'code') === 'replaces')
          .flatMap((relation) => referencesAt(relation, 'target', 'DocumentReference')),
      ),
  )
  const current = documents.filter(
    (one) => ownReason(one) === undefined && !isSuperseded(one) && !replaced.has(String(one['id'])),
  )
  return new Map(
    documents.map((one): [JsonObject, Standing] => {
      if (isOurs(one) || isSuperseded(one) || replaced.has(String(one['id'])))
        return [one, 'left_out']
      const reason = ownReason(one)
      if (reason === undefined) return [one, 'evidence']
      return [one, current.some((other) => isLaterVersion(other, one)) ? 'left_out' : { reason }]
    }),
  )
}

/** Restricted or very restricted. @see https://terminology.hl7.org/CodeSystem-v3-Confidentiality.html */
export function isRestricted(document: JsonObject): boolean {
  const codes = [
    ...textsAt(document, 'meta.security.code'),
    ...textsAt(document, 'securityLabel.coding.code'),
  ]
  return codes.some((code) => /^[RV]$/i.test(code))
}

/** Cards and consents, and pictures of them: what they say is no clinician's. */
const administrative: ReadonlySet<string> = new Set([
  'insurance',
  'insurance-card',
  'administrative',
  'patient-id',
  'identification',
  'consent',
  'correspondence',
  'billing',
  // LOINC: insurance card, release of information, payer letter, privacy notice, driver's licence.
  '64290-0',
  '64292-6',
  '52034-6',
  '57017-6',
  '64293-4',
  '53244-0',
])

/** Whether a note may be in the document: all but those that say that they are something else. */
export function mayBeClinical(document: JsonObject): boolean {
  const categories = codesAt(document, 'category').map((code) => code.toLowerCase())
  const types = codesAt(document, 'type').map((code) => code.toLowerCase())
  if (categories.includes('clinical-note')) return true
  return ![...categories, ...types].some((code) => administrative.has(code))
}

/** Names of approvals, as they travel in notes and file names where an EHR keeps no identifier of a client. */
const approvalName = /\bwi-[0-9a-f-]{36}[.-]v\d+\b/

/** A form that the gateway wrote says what was asked, and would be evidence for the next request. */
function isOurs(document: JsonObject): boolean {
  if (textsAt(document, 'identifier.system').includes(documentIdentifierSystem)) return true
  return [
    'identifier.value',
    'masterIdentifier.value',
    'description',
    'content.attachment.title',
    'content.attachment.url',
  ].some((path) => textsAt(document, path).some((text) => approvalName.test(text)))
}

function isSuperseded(document: JsonObject): boolean {
  return textAt(document, 'status') === 'superseded'
}

function ownReason(document: JsonObject): string | undefined {
  if (textAt(document, 'status') === 'entered-in-error') return 'entered in error'
  const status = textAt(document, 'docStatus')?.toLowerCase()
  if (status === undefined || finished.has(status)) return undefined
  if (withdrawn.has(status)) return status === 'cancelled' ? 'cancelled' : 'entered in error'
  return drafts.has(status) ? 'a draft, not finished' : 'of a status that is not known here'
}

function isLaterVersion(other: JsonObject, draft: JsonObject): boolean {
  const encounters = referencesAt(draft, 'context.encounter', 'Encounter')
  const sharesEncounter = referencesAt(other, 'context.encounter', 'Encounter').some((id) =>
    encounters.includes(id),
  )
  const types = [...codesAt(draft, 'type'), ...textsAt(draft, 'type.text')]
  const sharesType = [...codesAt(other, 'type'), ...textsAt(other, 'type.text')].some((type) =>
    types.includes(type),
  )
  const isSameOrLater = (dateAt(other, 'date') ?? '') >= (dateAt(draft, 'date') ?? '')
  return sharesEncounter && sharesType && isSameOrLater
}
