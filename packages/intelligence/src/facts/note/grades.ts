import type { Concept } from '../../lexicon/concept.ts'
import { romanGradeAt } from '../values/roman-grades.ts'
import type { Token } from '../values/tokens.ts'
import { type Value, valueAt } from './value-at.ts'

/** A scale with a higher maximum has no grades. */
const maxSteps = 7
const maxBetween = 14

/** "Grade III changes on the Kellgren-Lawrence scale": the grade stands before the name of its scale. */
export function gradeBefore(
  tokens: readonly Token[],
  first: number,
  concept: Concept,
): readonly Value[] | undefined {
  if (concept.range === undefined || concept.range[1] > maxSteps) return undefined
  for (let at = first - 2; at >= 0 && at >= first - maxBetween; at -= 1) {
    const text = tokens[at]?.text ?? ''
    if (/^[;.]$/.test(text)) return undefined
    if (text !== 'grade' && text !== 'stage') continue
    const value = gradeOrValue(tokens, at + 1, concept)
    return value === undefined || value.next > first ? undefined : [value]
  }
  return undefined
}

/** "KL4": the grade is attached to the abbreviation of its scale. */
export function gradeWithin(
  tokens: readonly Token[],
  first: number,
  next: number,
  concept: Concept,
): Value | undefined {
  const last = tokens[next - 1]
  const isShort = concept.range !== undefined && concept.range[1] <= maxSteps && next === first + 2
  if (!isShort || last?.isGlued !== true || last.kind !== 'number') return undefined
  const value = valueAt([{ ...last, isGlued: false }], 0, concept, true)
  return value === undefined ? undefined : { ...value, first: next - 1, next }
}

/** A number or a Roman numeral. */
export function gradeOrValue(
  tokens: readonly Token[],
  at: number,
  concept: Concept,
): Value | undefined {
  const value = valueAt(tokens, at, concept, false)
  if (value !== undefined) return value
  const grade = romanGradeAt(tokens, at, concept)
  const start = tokens[at]?.start ?? 0
  return grade === undefined
    ? undefined
    : { ...grade, first: at, start, end: tokens[grade.next - 1]?.end ?? start }
}
