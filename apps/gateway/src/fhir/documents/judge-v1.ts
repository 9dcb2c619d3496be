import { carriesIdentifier, type ListedDocument } from './athena-v1-answers.ts'
import type { Reconciliation, Verification } from './document-writer.ts'

/** All pages of a patient's documents of one class. */
export interface ListedDocuments {
  readonly documents: readonly ListedDocument[]
  /** Why not everything there is was read; undefined when it was. */
  readonly cutOff: string | undefined
}

/** The list answers for a document that carries our identifier, and for its absence if the list shows where it would be. */
export function judgeListed(
  { documents, cutOff }: ListedDocuments,
  identifier: string,
  v1PatientId: string,
): Reconciliation {
  const carriers = documents.filter((one) => carriesIdentifier(one.texts, identifier))
  for (const one of carriers)
    if (one.documentId !== undefined && one.isCurrent && isOf(one, v1PatientId))
      return { outcome: 'present', documentId: one.documentId, evidence: 'identifier' }
  if (carriers.length > 0)
    return {
      outcome: 'cannot_tell',
      reason: 'a document carries our identifier and is deleted, or of another patient',
    }
  if (cutOff !== undefined)
    return { outcome: 'cannot_tell', reason: `the list of documents was cut off: ${cutOff}` }
  // An entry without a note has none, if others show theirs: ours would show it. Its time says nothing: it is the EHR's clock.
  return documents.length > 0 && !documents.some((one) => one.hasNote)
    ? {
        outcome: 'cannot_tell',
        reason: 'documents are listed without their internal notes and file names',
      }
    : { outcome: 'absent' }
}

export function judgeNamed(
  document: ListedDocument,
  documentId: string,
  identifier: string,
  v1PatientId: string,
): Verification {
  if (!isOf(document, v1PatientId)) return { verdict: 'not_ours', reason: 'another_patient' }
  if (!document.isCurrent) return { verdict: 'not_ours', reason: 'not_current' }
  if (document.documentId !== documentId)
    return { verdict: 'cannot_tell', reason: 'the answer is of another document' }
  if (carriesIdentifier(document.texts, identifier))
    return { verdict: 'ours', evidence: 'identifier' }
  return document.hasNote
    ? { verdict: 'not_ours', reason: 'another_document' }
    : { verdict: 'cannot_tell', reason: 'it is shown without its internal note and file name' }
}

/** A list is under the patient's own address: an entry that names nobody is his. */
function isOf({ patientId }: ListedDocument, v1PatientId: string): boolean {
  return patientId === undefined || patientId === v1PatientId
}
