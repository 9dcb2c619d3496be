import type { Concept } from '../../lexicon/concept.ts'
import type { Token } from './tokens.ts'

const numerals = ['i', 'ii', 'iii', 'iv', 'v', 'vi']
/** With the letter of a substage: "IIIB". */
const numeral = /^(i{1,3}|iv|vi?)[a-c]?$/
const linking = /^(?:grade|stage|type|class|category|:|=|-|of|is|was)$/
/** Scales with a higher maximum use only digits. */
const highest = 7
const maxLinks = 3

export interface RomanGrade {
  readonly value: number
  readonly high?: number
  readonly next: number
}

/**
 * "KL IV", "Ficat stage III", "ARCO IIIB", "Garden III/IV": the grade directly after the name of a scale of few
 * steps.
 */
export function romanGradeAt(
  tokens: readonly Token[],
  from: number,
  { range }: Concept,
): RomanGrade | undefined {
  if (range === undefined || range[1] > highest) return undefined
  let at = from
  while (at < from + maxLinks && linking.test(tokens[at]?.text ?? '')) at += 1
  const low = gradeAt(tokens, at, range[1])
  if (low === undefined) return undefined
  const isRange = /^(?:\/|-|–|to|or)$/.test(tokens[at + 1]?.text ?? '')
  const high = isRange ? gradeAt(tokens, at + 2, range[1]) : undefined
  return high !== undefined && high > low
    ? { value: low, high, next: at + 3 }
    : { value: low, next: at + 1 }
}

function gradeAt(tokens: readonly Token[], at: number, most: number): number | undefined {
  const found = numeral.exec(tokens[at]?.text ?? '')?.[1]
  const value = found === undefined ? 0 : numerals.indexOf(found) + 1
  return value > 0 && value <= most ? value : undefined
}
