import type { TimeExpression } from '../values/time-expression.ts'
import type { Token } from '../values/tokens.ts'

const named = /^(?:the|that|this|her|his|my|their|last|prior|previous)$/

/**
 * "Since her January MRI the knee locks": the month is part of the study's name. `first` is the study's first
 * token.
 */
export function isMonthOf(
  { kind, first: from, next }: TimeExpression,
  first: number,
  tokens: readonly Token[],
): boolean {
  return (
    kind === 'day' &&
    first >= next &&
    first <= next + 1 &&
    tokens[next]?.kind === 'word' &&
    named.test(tokens[from - 1]?.text ?? '')
  )
}
