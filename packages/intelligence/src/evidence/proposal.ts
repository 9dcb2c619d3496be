/**
 * A passage that somebody takes for evidence: a claim, not yet evidence. `quote` is copied from the note letter for letter; where it
 * stands is found again, and what it says is read by the rules, so that a claim can neither invent nor overrule.
 */
export interface EvidenceProposal {
  readonly criterionId: string
  /** `DocumentReference.id` of the note. */
  readonly documentId: string
  readonly quote: string
  readonly stance: 'supports' | 'refutes'
}
