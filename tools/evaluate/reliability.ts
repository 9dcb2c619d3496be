import type { ComparedCase } from './compare.ts'

/** Answers with one confidence, and how many of them were right. */
export interface ReliabilityRow {
  readonly confidence: number
  readonly answers: number
  readonly right: number
  /** Lower bound of the 95 % Wilson interval of the share that was right. */
  readonly lowerBound: number
}

const z = 1.96

/** How often settled answers were right, grouped by their confidence. */
export function reliabilityOf(cases: readonly ComparedCase[]): readonly ReliabilityRow[] {
  const settled = cases.flatMap((one) => one.comparisons).filter((one) => one.answer !== 'unclear')
  return rowsOf(
    settled.map((one) => ({ confidence: one.confidence, isRight: one.answer === one.truth })),
  )
}

/** The same for whole requests: how many with this confidence a reviewer would approve. */
export function requestReliabilityOf(cases: readonly ComparedCase[]): readonly ReliabilityRow[] {
  return rowsOf(
    cases
      .filter((one) => one.wanted !== undefined)
      .map((one) => ({ confidence: one.confidence, isRight: one.wanted === 'approve' })),
  )
}

function rowsOf(
  items: readonly { readonly confidence: number; readonly isRight: boolean }[],
): readonly ReliabilityRow[] {
  const levels = [...new Set(items.map((one) => one.confidence))].sort((a, b) => b - a)
  return levels.map((confidence) => {
    const same = items.filter((one) => one.confidence === confidence)
    const right = same.filter((one) => one.isRight).length
    return { confidence, answers: same.length, right, lowerBound: wilson(right, same.length) }
  })
}

/** @see Wilson, J Am Stat Assoc 1927;22:209 */
function wilson(right: number, count: number): number {
  const share = right / count
  const centre = share + (z * z) / (2 * count)
  const spread = z * Math.sqrt((share * (1 - share)) / count + (z * z) / (4 * count * count))
  return Math.round(((centre - spread) / (1 + (z * z) / count)) * 1000) / 1000
}
