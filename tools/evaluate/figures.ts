import type { AnswerValue } from '@authscript/prior-auth'
import { causeOf } from './cause.ts'
import type { ComparedCase, Comparison } from './compare.ts'

const values: readonly AnswerValue[] = ['met', 'not_met', 'unclear']

export interface Figures {
  readonly cases: number
  readonly criteria: number
  /** Criteria that the chart settles. */
  readonly clear: number
  /** Share of the clear criteria that are answered as labelled. */
  readonly agreement: number
  /** Answered `met` although the label is `not_met` or `unclear`. */
  readonly falseMet: number
  readonly falseNotMet: number
  /**
   * False in favor of the request, depending on the criterion: a false `met` of a supporting one, a false
   * `not_met` of an excluding one.
   */
  readonly falseStatements: number
  /** Share of the clear criteria that are answered `unclear`. */
  readonly unclearRate: number
  /** Share of the labelled recommendations that match. */
  readonly recommendations: number
  readonly onSpan: number
  readonly unverifiedQuotes: number
  /** `label → answer` counts. */
  readonly confusion: Readonly<Record<AnswerValue, Readonly<Record<AnswerValue, number>>>>
}

export function figuresOf(cases: readonly ComparedCase[]): Figures {
  const all = cases.flatMap((one) => one.comparisons)
  const clear = all.filter((one) => one.truth !== 'unclear')
  const spans = all.filter((one) => one.isOnSpan !== undefined)
  return {
    cases: cases.length,
    criteria: all.length,
    clear: clear.length,
    agreement: share(clear, (one) => one.answer === one.truth),
    falseMet: all.filter(isFalseMet).length,
    falseNotMet: all.filter((one) => one.answer === 'not_met' && one.truth !== 'not_met').length,
    falseStatements: all.filter((one) => one.isFalseStatement).length,
    unclearRate: share(clear, (one) => one.answer === 'unclear'),
    recommendations: share(
      cases.filter((one) => one.wanted !== undefined),
      (one) => one.given === one.wanted,
    ),
    onSpan: share(spans, (one) => one.isOnSpan === true),
    unverifiedQuotes: cases.reduce((sum, one) => sum + one.unverifiedQuotes, 0),
    confusion: confusionOf(all),
  }
}

/** The figures of each group, in group order. */
export function figuresBy(
  cases: readonly ComparedCase[],
  groupOf: (one: ComparedCase) => string,
): Readonly<Record<string, Figures>> {
  const groups = [...new Set(cases.map(groupOf))]
  return Object.fromEntries(
    groups.map((group) => [group, figuresOf(cases.filter((one) => groupOf(one) === group))]),
  )
}

/** How many answers differ from their labels, by cause, most frequent first. */
export function missesByCause(cases: readonly ComparedCase[]): Readonly<Record<string, number>> {
  const counts = new Map<string, number>()
  for (const one of cases.flatMap(({ comparisons }) => comparisons)) {
    const cause = causeOf(one)
    if (cause !== undefined) counts.set(cause, (counts.get(cause) ?? 0) + 1)
  }
  return Object.fromEntries([...counts].sort(([, one], [, other]) => other - one))
}

export function isFalseMet(one: Comparison): boolean {
  return one.answer === 'met' && one.truth !== 'met'
}

function confusionOf(all: readonly Comparison[]): Figures['confusion'] {
  const row = (truth: AnswerValue) =>
    Object.fromEntries(
      values.map((answer) => [
        answer,
        all.filter((one) => one.truth === truth && one.answer === answer).length,
      ]),
    ) as Record<AnswerValue, number>
  return { met: row('met'), not_met: row('not_met'), unclear: row('unclear') }
}

/** 0..1, three decimals; 1 for an empty list. */
export function share<Item>(items: readonly Item[], holds: (one: Item) => boolean): number {
  if (items.length === 0) return 1
  return Math.round((items.filter(holds).length / items.length) * 1000) / 1000
}
