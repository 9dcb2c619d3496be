import type { Fact, Side } from '../facts/fact.ts'
import type { AnswerContext } from './answer-context.ts'
import type { ConceptTree } from './chart-facts.ts'

/** The parts of the body that a query names. */
export interface QueriedPlace {
  readonly sites?: readonly string[] | undefined
  readonly notSites?: readonly string[] | undefined
  readonly side?: 'of_order' | undefined
}

/** A denial under one of these headings applies to the whole patient: "Heart: no swelling". */
export const organs: ReadonlySet<string> = new Set(['heart', 'lung', 'brain'])

/**
 * Whether a fact is about the part of the body that a query asks for. `wider`: about a larger part
 * that contains it ("spine" for the lumbar spine), so it may or may not apply.
 */
export function placeOfSites(
  { sites: said, assertion }: Fact,
  { sites: asked, notSites }: QueriedPlace,
  concepts: ConceptTree,
): 'here' | 'wider' | 'elsewhere' {
  const sites = assertion.status === 'denied' ? said.filter((one) => !organs.has(one)) : said
  if (sites.length === 0) return 'here'
  const isHere = (asked ?? []).some((wanted) => sites.some((site) => concepts.isA(site, wanted)))
  if (isHere) return 'here'
  if ((notSites ?? []).length > 0) {
    const isOut = sites.every((site) => (notSites ?? []).some((other) => concepts.isA(site, other)))
    if (isOut) return 'elsewhere'
  }
  if (asked === undefined) return 'here'
  return asked.some((wanted) => sites.some((site) => concepts.isA(wanted, site)))
    ? 'wider'
    : 'elsewhere'
}

/** The fact is about the side that the order is not for. */
export function isOtherSide(
  { side }: Fact,
  asked: QueriedPlace,
  { orderSide }: AnswerContext,
): boolean {
  return asked.side === 'of_order' && !sidesMeet(side, orderSide)
}

/** Whether two sides may be the same. An unknown side matches both. */
export function sidesMeet(one: Side | undefined, other: Side | undefined): boolean {
  return (
    one === undefined || other === undefined || one === 'both' || other === 'both' || one === other
  )
}

export function sitesMeet(one: Fact, other: Fact, concepts: ConceptTree): boolean {
  return (
    one.sites.length === 0 ||
    other.sites.length === 0 ||
    one.sites.some((site) =>
      other.sites.some((same) => concepts.isA(site, same) || concepts.isA(same, site)),
    )
  )
}
