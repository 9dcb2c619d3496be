import { carriesIdentifier, type ListedDocument } from './athena-v1-answers.ts'
import type { Reconciliation, Verification } from './document-writer.ts'

/** All pages of a patient's documents of one class. */
export interface ListedDocuments {
  readonly documents: readonly ListedDocument[]
  /** Why the list is incomplete; undefined if it is complete. */
  readonly cutOff: string | undefined
}

/** `present` if the list has a valid document with our identifier. `absent` only if the list is complete and would show it. */
export function interpretListed(
  { documents, cutOff }: ListedDocuments,
  identifier: string,
  v1PatientId: string,
): Reconciliation {
  const carriers = documents.filter((one) => carriesIdentifier(one.texts, identifier))
  for (const one of carriers)
    if (one.documentId !== undefined && one.isCurrent && belongsTo(one, v1PatientId))
      return { outcome: 'present', documentId: one.documentId, evidence: 'identifier' }
  if (carriers.length > 0)
    return {
      outcome: 'cannot_tell',
      reason: 'a document with our identifier is deleted, or belongs to another patient',
    }
  if (cutOff !== undefined)
    return { outcome: 'cannot_tell', reason: `the list of documents is incomplete: ${cutOff}` }
  // If other entries show their notes, ours would show it too. Times prove nothing, because they come from the EHR's clock.
  return documents.length > 0 && !documents.some((one) => one.hasNote)
    ? {
        outcome: 'cannot_tell',
        reason: 'documents are listed without their internal notes and file names',
      }
    : { outcome: 'absent' }
}

export function verifyListed(
  document: ListedDocument,
  documentId: string,
  identifier: string,
  v1PatientId: string,
): Verification {
  if (!belongsTo(document, v1PatientId)) return { verdict: 'not_ours', reason: 'another_patient' }
  if (!document.isCurrent) return { verdict: 'not_ours', reason: 'not_current' }
  if (document.documentId !== documentId)
    return { verdict: 'cannot_tell', reason: 'the answer is another document' }
  if (carriesIdentifier(document.texts, identifier))
    return { verdict: 'ours', evidence: 'identifier' }
  return document.hasNote
    ? { verdict: 'not_ours', reason: 'another_document' }
    : { verdict: 'cannot_tell', reason: 'it is shown without its internal note and file name' }
}

/** The list is under the patient's own URL, so an entry without a patient belongs to this patient. */
function belongsTo({ patientId }: ListedDocument, v1PatientId: string): boolean {
  return patientId === undefined || patientId === v1PatientId
}
