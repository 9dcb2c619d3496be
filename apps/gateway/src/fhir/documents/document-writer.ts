import type { EncounterRef } from '@authscript/prior-auth'
import type { GatewayError } from '../../errors.ts'

/** An approved form that is to be written to the chart. */
export interface DocumentToWrite {
  /** Identifies this document permanently: the chart is searched for it before it is sent. */
  readonly identifier: string
  readonly title: string
  readonly pdf: Uint8Array
  readonly createdAt: Date
}

/** What a document in the chart is compared with. */
export interface ExpectedDocument {
  readonly identifier: string
  readonly title: string
  /** SHA-256 of the PDF, in hex. */
  readonly sha256: string
  /** SHA-1 of the PDF in hex, as FHIR's `attachment.hash` uses it. Absent if the bytes are not available. */
  readonly sha1?: string
  readonly sizeBytes?: number
}

/** A search for a document that may have been sent before. */
export interface ReconcileRequest {
  readonly expected: ExpectedDocument
  /** The earliest time of sending. Absent if it was never sent: then only its identifier is searched for. */
  readonly sentSince?: Date
}

/** `identifier`: the document in the chart has our identifier. `content`: its bytes, hash or size match what was sent. */
export type DocumentEvidence = 'identifier' | 'content'

export type Reconciliation =
  | {
      readonly outcome: 'present'
      readonly documentId: string
      readonly evidence: DocumentEvidence
    }
  /** Proven: the EHR returned a complete list, and the document is not in it. */
  | { readonly outcome: 'absent' }
  | { readonly outcome: 'cannot_tell'; readonly reason: string }

export type SendOutcome =
  /** The EHR confirmed the document; the id must still be verified. */
  | { readonly outcome: 'created'; readonly documentId?: string }
  /** It is certainly not in the chart: the EHR rejected it, or it was never sent. */
  | { readonly outcome: 'refused'; readonly error: unknown }
  /** The EHR reported a failure. The document may be in the chart nevertheless. */
  | { readonly outcome: 'failed'; readonly error: GatewayError }
  /** It was sent without a clear answer. It may be in the chart. */
  | { readonly outcome: 'unanswered'; readonly error: GatewayError }

export type NotOursReason =
  | 'another_patient'
  | 'another_document'
  | 'another_content'
  | 'not_current'
  | 'not_found'

export type Verification =
  | { readonly verdict: 'ours'; readonly evidence: DocumentEvidence }
  | { readonly verdict: 'not_ours'; readonly reason: NotOursReason }
  | { readonly verdict: 'cannot_tell'; readonly reason: string }

/**
 * Writes approved forms to the charts of one kind of EHR. `reconcile` rejects with a GatewayError if the EHR could not be reached.
 * `send` and `verify` turn every failure into an outcome, because after a send each failure has its own meaning.
 */
export interface DocumentWriter {
  /** The destination, for display: `DocumentReference`, `documents/admin`. */
  readonly destination: string
  /** The title of our documents in the chart. */
  readonly title: string
  reconcile(
    ref: EncounterRef,
    request: ReconcileRequest,
    signal: AbortSignal,
  ): Promise<Reconciliation>
  send(ref: EncounterRef, document: DocumentToWrite, signal: AbortSignal): Promise<SendOutcome>
  verify(
    ref: EncounterRef,
    documentId: string,
    expected: ExpectedDocument,
    signal: AbortSignal,
  ): Promise<Verification>
}
