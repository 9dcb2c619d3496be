import type { Fact } from '../facts/fact.ts'
import type { Criterion } from '../policy/criterion.ts'
import { conceptsOf } from './alternatives.ts'
import type { AnswerContext } from './answer-context.ts'
import type { FactStore } from './chart-facts.ts'

/** All concepts that the questions of a policy ask for. */
export function conceptsOfPolicy({
  criteria,
}: {
  readonly criteria: readonly Pick<Criterion, 'any'>[]
}): ReadonlySet<string> {
  return new Set(criteria.flatMap(({ any }) => any.flatMap(conceptsOf)))
}

/**
 * The disease a drug was given for, if it is unrelated to the policy and to the order's reasons:
 * methotrexate for psoriasis is not a trial for rheumatoid arthritis.
 */
export function unrelatedIndication(
  fact: Fact,
  sites: readonly string[] | undefined,
  store: FactStore,
  { concepts, policyConcepts }: AnswerContext,
): string | undefined {
  const { givenFor = [] } = fact.kind === 'therapy' ? fact : {}
  const isRelated = (one: string, other: string) =>
    concepts.isA(one, other) || concepts.isA(other, one)
  const isOfOrder = (disease: string) =>
    [...store.factsOf([disease]), ...store.widerFactsOf([disease])].some(
      ({ from }) => from.kind === 'coded' && from.list === 'order_reasons',
    )
  const isAtSite = (disease: string) =>
    (concepts.get(disease)?.sites ?? []).some((site) =>
      (sites ?? []).some((asked) => isRelated(site, asked)),
    )
  const isOther = (disease: string) =>
    concepts.get(disease)?.kind === 'disease' &&
    ![...(policyConcepts ?? [disease])].some((asked) => isRelated(disease, asked)) &&
    !isAtSite(disease) &&
    !isOfOrder(disease)
  return givenFor.length > 0 && givenFor.every(isOther) ? givenFor[0] : undefined
}
