/**
 * A passage that somebody takes for evidence: a claim, not yet evidence. `quote` is copied from the note letter for letter; where it stands is found again, and
 * what it says is read by the stages, so that a claim can neither invent nor overrule.
 */
export interface EvidenceProposal {
  readonly criterionId: string
  /** `DocumentReference.id` of the note. */
  readonly documentId: string
  readonly quote: string
  readonly stance: 'supports' | 'refutes'
  /** Which concept of the question the passage speaks of. @default each that the question asks for is tried */
  readonly conceptId?: string
  /** The words of the quote that name it. @default the whole quote */
  readonly words?: string
  /** What the passage says, as the proposer reads it. Whatever the stages read otherwise refutes the proposal. */
  readonly claim?: {
    readonly days?: number
    readonly sessions?: number
    readonly value?: number
    readonly on?: string
    readonly side?: 'left' | 'right' | 'both'
  }
}
