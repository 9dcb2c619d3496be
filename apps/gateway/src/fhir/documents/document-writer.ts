import type { EncounterRef } from '@authscript/prior-auth'
import type { GatewayError } from '../../errors.ts'

/** A form that a person approved, on its way into the chart. */
export interface DocumentToWrite {
  /** Names this document permanently: it is looked for before it is sent. */
  readonly identifier: string
  readonly title: string
  readonly pdf: Uint8Array
  readonly createdAt: Date
}

/** What a document in the chart is held against. */
export interface ExpectedDocument {
  readonly identifier: string
  readonly title: string
  /** Of the PDF's bytes, in hex. */
  readonly sha256: string
  /** In hex; FHIR's `attachment.hash` is SHA-1. Absent where the bytes are not at hand. */
  readonly sha1?: string
  readonly sizeBytes?: number
}

/** Looks for a document that may have been sent before. */
export interface ReconcileRequest {
  readonly expected: ExpectedDocument
  /** Since when it may be on its way; absent when it was never sent, and only its identifier is looked for. */
  readonly sentSince?: Date
}

/** `identifier`: the chart's document carries ours. `content`: its bytes, or their hash or number, are those that were sent. */
export type DocumentEvidence = 'identifier' | 'content'

export type Reconciliation =
  | {
      readonly outcome: 'present'
      readonly documentId: string
      readonly evidence: DocumentEvidence
    }
  /** Proven: the EHR showed everything among which it would have to be. */
  | { readonly outcome: 'absent' }
  | { readonly outcome: 'cannot_tell'; readonly reason: string }

export type SendOutcome =
  /** The EHR said that it has it; the id is its claim, to be verified. */
  | { readonly outcome: 'created'; readonly documentId?: string }
  /** It is certainly not in the chart: the EHR refused it, or it was never sent. */
  | { readonly outcome: 'refused'; readonly error: unknown }
  /** The EHR said that it failed. It may be in the chart all the same. */
  | { readonly outcome: 'failed'; readonly error: GatewayError }
  /** It was sent, and nothing that came back says what became of it. It may be in the chart. */
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
 * How an approved form gets into the chart of one kind of EHR. `reconcile` rejects with a GatewayError when the EHR could not be asked;
 * `send` and `verify` turn every failure into an outcome, because after a send each one has a meaning of its own.
 */
export interface DocumentWriter {
  /** Where documents go, for people: `DocumentReference`, `documents/admin`. */
  readonly destination: string
  /** How documents of ours are called in the chart. */
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
