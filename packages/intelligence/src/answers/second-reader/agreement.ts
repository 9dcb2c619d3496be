import type { Span } from '../../document/note-document.ts'
import type { Fact } from '../../facts/fact.ts'
import type { EvidenceProposal } from './proposal.ts'

/** The stages read what the proposal claims, and all of it lies within the quote. */
export function agrees(fact: Fact, { stance, claim = {} }: EvidenceProposal, quote: Span): boolean {
  const { assertion, from } = fact
  const isWithin =
    from.kind === 'note' &&
    from.spans.every((span) => span.start >= quote.start && span.end <= quote.end)
  const status = stance === 'supports' ? 'affirmed' : 'denied'
  const isUndone = assertion.phase === 'planned' || assertion.phase === 'not_done'
  const isSameStatus =
    assertion.subject === 'patient' &&
    (assertion.status === status || (stance === 'refutes' && assertion.phase === 'not_done')) &&
    !(stance === 'supports' && isUndone)
  return isWithin && isSameStatus && agreesWithClaim(fact, claim)
}

function agreesWithClaim(fact: Fact, claim: NonNullable<EvidenceProposal['claim']>): boolean {
  const days =
    fact.kind === 'therapy'
      ? fact.lastedDays
      : fact.kind === 'finding'
        ? fact.lastingDays
        : undefined
  const sessions = fact.kind === 'therapy' ? fact.sessions : undefined
  const value = fact.kind === 'measurement' ? fact.value : undefined
  const on =
    fact.kind === 'study' || fact.kind === 'measurement'
      ? fact.day
      : fact.kind === 'therapy'
        ? (fact.end ?? fact.start)
        : fact.kind === 'finding'
          ? fact.onset
          : undefined
  const isOn =
    claim.on === undefined || (on !== undefined && on.first <= claim.on && claim.on <= on.last)
  return (
    (claim.days === undefined || claim.days === days) &&
    (claim.sessions === undefined || claim.sessions === sessions) &&
    (claim.value === undefined || claim.value === value) &&
    (claim.side === undefined || claim.side === fact.side) &&
    isOn
  )
}
