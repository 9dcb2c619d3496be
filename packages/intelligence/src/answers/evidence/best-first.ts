import type { Fact } from '../../facts/fact.ts'

/**
 * Facts without duplicates by source position: sentences of the encounter's notes, then of older
 * notes, then codes.
 */
export function bestFirst(facts: readonly Fact[]): readonly Fact[] {
  const byPlace = new Map<string, Fact>()
  for (const fact of facts) {
    const key = placeOf(fact)
    if (!byPlace.has(key)) byPlace.set(key, fact)
  }
  return [...byPlace.values()].sort((one, other) => rankOf(one) - rankOf(other))
}

function placeOf({ from }: Fact): string {
  const { resourceType, resourceId } = from.source
  return from.kind === 'note'
    ? `${resourceType}/${resourceId} ${from.quote.start} ${from.quote.end}`
    : `${resourceType}/${resourceId} ${from.path}`
}

/** A sentence that gives a length, an amount or a side ranks higher. */
function rankOf(fact: Fact): number {
  const { from } = fact
  if (from.kind === 'coded') return 40
  return (from.isOfEncounter ? 0 : 20) + (from.isCopied ? 10 : 0) + (isDetailed(fact) ? 0 : 5)
}

function isDetailed(fact: Fact): boolean {
  switch (fact.kind) {
    case 'therapy':
      return (
        fact.lastedDays !== undefined || fact.sessions !== undefined || fact.outcome !== undefined
      )
    case 'study':
      return fact.day !== undefined
    case 'finding':
    case 'function':
      return fact.side !== undefined || fact.assertion.severity !== undefined
    case 'measurement':
      return true
    default:
      return fact satisfies never
  }
}
