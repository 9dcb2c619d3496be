/**
 * A passage that someone proposes as evidence: a claim, not yet evidence. `quote` is copied from the note
 * character for character. The code locates it again and the stages read it, so that a claim can neither invent
 * nor overrule anything.
 */
export interface EvidenceProposal {
  readonly criterionId: string
  /** `DocumentReference.id` of the note. */
  readonly documentId: string
  readonly quote: string
  readonly stance: 'supports' | 'refutes'
  /** The concept of the question that the passage is about. @default every concept of the question is tried */
  readonly conceptId?: string
  /** The part of the quote that names it. @default the whole quote */
  readonly words?: string
  /** What the passage says according to the proposer. The proposal is dropped if the stages read something else. */
  readonly claim?: {
    readonly days?: number
    readonly sessions?: number
    readonly value?: number
    readonly on?: string
    readonly side?: 'left' | 'right' | 'both'
  }
}
