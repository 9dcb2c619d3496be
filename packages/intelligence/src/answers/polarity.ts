import type { AnswerValue } from '@authscript/prior-auth'
import { criterionOf, toWanted, type Wanted } from '../policy/algebra.ts'
import type { Policy, Rule } from '../policy/policy.ts'

/** Which answer helps the request. A criterion may be used in both directions within a policy. */
export interface Polarity {
  /** A yes helps the request, so a false yes is a false statement to the payer. */
  readonly isMetFavorable: boolean
  /**
   * A no helps the request ("no imaging in the last year"), so a false no is a false statement to
   * the payer.
   */
  readonly isNotMetFavorable: boolean
}

/**
 * Computed for every criterion from `unless` in the common rule and the pathways, and from whether
 * a count is a minimum or a maximum.
 */
export function polarityOf({
  criteria,
  always,
  pathways,
}: Pick<Policy, 'criteria' | 'always' | 'pathways'>): ReadonlyMap<string, Polarity> {
  const polarity = new Map<string, Polarity>(
    criteria.map((one) => [one.criterionId, { isMetFavorable: false, isNotMetFavorable: false }]),
  )
  const add = (criterionId: string, isMetFavorable: boolean, isNotMetFavorable: boolean) => {
    const known = polarity.get(criterionId)
    polarity.set(criterionId, {
      isMetFavorable: isMetFavorable || known?.isMetFavorable === true,
      isNotMetFavorable: isNotMetFavorable || known?.isNotMetFavorable === true,
    })
  }
  const walk = (wanted: Wanted): void => {
    if (!('leaf' in wanted)) {
      for (const part of wanted.of) walk(part)
      return
    }
    const { leaf, isWanted } = wanted
    const isMany = !('countOf' in leaf) || leaf.atLeast !== undefined
    const isFew = 'countOf' in leaf && leaf.atMost !== undefined
    const id = criterionOf(leaf)
    if (isMany) add(id, isWanted, !isWanted)
    if (isFew) add(id, !isWanted, isWanted)
  }
  const rules: readonly Rule[] = [always, ...pathways.map((one) => one.rule)]
  for (const rule of rules) walk(toWanted(rule))
  return polarity
}

/** Whether `answered` is a false statement in favor of the request. `unclear` never is. */
export function isFalseStatement(
  { isMetFavorable, isNotMetFavorable }: Polarity,
  answered: AnswerValue,
  truth: AnswerValue,
): boolean {
  if (answered === truth || answered === 'unclear') return false
  return answered === 'met' ? isMetFavorable : isNotMetFavorable
}
