import type { JsonObject } from '../client/parse-resource.ts'
import { documentIdentifierSystem } from '../documents/verify-document.ts'
import {
  codesAt,
  dateAt,
  objectsAt,
  referencesAt,
  textAt,
  textsAt,
} from '../to-clinical-bundle/fields.ts'

/** How a document is used: as evidence; left out, because it was replaced or is ours; or unread, because it is not a finished note. */
export type DocumentUse = 'evidence' | 'left_out' | { readonly reason: string }

const finished: ReadonlySet<string> = new Set(['final', 'amended', 'corrected', 'appended'])
const drafts: ReadonlySet<string> = new Set(['registered', 'partial', 'preliminary'])
const withdrawn: ReadonlySet<string> = new Set(['entered-in-error', 'cancelled', 'deprecated'])

/**
 * Decides how each of a patient's documents is used.
 *
 * Drafts and notes entered in error are not evidence. If there is a finished version of the same note, they are left out; otherwise they
 * are unread, because the content of the finished note is unknown.
 *
 * @see https://hl7.org/fhir/R4/valueset-composition-status.html
 */
export function documentUses(
  documents: readonly JsonObject[],
): ReadonlyMap<JsonObject, DocumentUse> {
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
    documents.map((one): [JsonObject, DocumentUse] => {
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

/** Cards, consents and pictures of them: not written by a clinician. */
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

/** Whether the document may be a clinical note: every document except those that are declared as something else. */
export function mayBeClinical(document: JsonObject): boolean {
  const categories = codesAt(document, 'category').map((code) => code.toLowerCase())
  const types = codesAt(document, 'type').map((code) => code.toLowerCase())
  if (categories.includes('clinical-note')) return true
  return ![...categories, ...types].some((code) => administrative.has(code))
}

/** Our document identifiers, as they appear in notes and file names of EHRs without client identifiers. */
const approvalName = /\bwi-[0-9a-f-]{36}[.-]v\d+\b/

/** A form written by the gateway must not become evidence for the next request. */
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
  return drafts.has(status) ? 'a draft, not finished' : 'has an unknown status'
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
