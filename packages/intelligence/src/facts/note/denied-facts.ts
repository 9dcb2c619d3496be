import type { Concept } from '../../lexicon/concept.ts'
import type { Fact, Finding, FunctionFact, Study, Therapy } from '../fact.ts'
import { sourceOf, type FactCandidate, type UnitScope } from './unit-scope.ts'

/**
 * What a statement denies by its meaning: "afebrile" denies fever. Only current statements about the patient
 * deny.
 */
export function deniedBy(scope: UnitScope, candidate: FactCandidate): readonly Fact[] {
  const { concept, mention, assertion, place } = candidate
  const isSaid =
    assertion.status === 'affirmed' &&
    assertion.subject === 'patient' &&
    assertion.when === 'now' &&
    assertion.phase !== 'planned' &&
    assertion.phase !== 'not_done' &&
    mention.denied !== true
  if (!isSaid) return []
  return (concept.denies ?? []).flatMap((conceptId) => {
    const denied = scope.lexicon.get(conceptId)
    if (denied === undefined) return []
    const parts = {
      conceptId,
      assertion: {
        status: 'denied' as const,
        subject: 'patient' as const,
        when: 'now' as const,
        phase: assertion.phase,
        cues: assertion.cues,
      },
      sites: denied.sites ?? place.sites,
      ...(place.side === undefined ? {} : { side: place.side }),
      from: sourceOf(scope, mention, place.spans),
    }
    return [deniedOf(denied, parts)]
  })
}

function deniedOf(
  { kind }: Concept,
  parts: Omit<Finding, 'kind' | 'onset' | 'lastingDays'>,
): Finding | Therapy | Study | FunctionFact {
  switch (kind) {
    case 'therapy':
    case 'drug':
      return { kind: 'therapy', ...parts }
    case 'study':
      return { kind: 'study', ...parts, hasResult: false }
    case 'function':
      return {
        kind: 'function',
        ...parts,
        assertion: { ...parts.assertion, status: 'affirmed' },
        limit: 'unlimited',
      }
    default:
      return { kind: 'finding', ...parts }
  }
}
