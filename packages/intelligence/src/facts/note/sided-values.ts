import type { Concept } from '../../lexicon/concept.ts'
import { sideOfWord } from '../values/sides.ts'
import type { Token } from '../values/tokens.ts'
import { gradeOrValue } from './grades.ts'
import type { Value } from './value-at.ts'

const part = /^(?:knee|hip|shoulder|side|leg|arm|hand|foot|ankle|joint|knees|hips|compartments?)$/
const before = /^(?:[:=(–-]|grade|stage|score|is|was|of|on|at|in|for|the|to)$/
const beforeValue = /^(?:[:=–-]|grade|stage|is|was|at|to|about|only|just|kl)$/
const separator = /^(?:[,;/&)(]|and|vs|versus|but)$/
const behindValue = /^(?:on|in|for|at|of|the|her|his|\()$/
const maxLinks = 4
const maxValues = 6

/**
 * "R 4, L 2", "right knee grade 4 and left knee grade 2"; "4 on the left, 1 on the right": values that each have
 * a side; empty if any has none.
 */
export function sidedValues(
  tokens: readonly Token[],
  from: number,
  limit: number,
  concept: Concept,
): readonly Value[] {
  const start = skip(tokens, from, before)
  const ahead = sideAhead(tokens, start, limit, concept)
  return ahead.length > 0 ? ahead : sideBehind(tokens, start, limit, concept)
}

function sideAhead(tokens: readonly Token[], from: number, limit: number, concept: Concept) {
  const found: Value[] = []
  let at = from
  while (at < limit && found.length < maxValues) {
    const side = sideAt(tokens, at)
    if (side === undefined) break
    const value = gradeOrValue(tokens, skip(tokens, side.next, beforeValue), concept)
    if (value === undefined || value.next > limit) break
    found.push({ ...value, side: side.side })
    at = skip(tokens, value.next, separator)
  }
  return found
}

function sideBehind(tokens: readonly Token[], from: number, limit: number, concept: Concept) {
  const found: Value[] = []
  let at = from
  while (at < limit && found.length < maxValues) {
    const value = gradeOrValue(tokens, at, concept)
    if (value === undefined) break
    const side = sideAt(tokens, skip(tokens, value.next, behindValue))
    if (side === undefined) break
    found.push({ ...value, side: side.side })
    at = skip(tokens, skip(tokens, side.next, separator), before)
  }
  return new Set(found.map((one) => one.side)).size > 1 ? found : []
}

function sideAt(tokens: readonly Token[], at: number) {
  const side = sideOfWord(tokens[at]?.text ?? '')
  if (side === undefined) return undefined
  const next = part.test(tokens[at + 1]?.text ?? '') ? at + 2 : at + 1
  return { side, next }
}

function skip(tokens: readonly Token[], from: number, words: RegExp): number {
  let at = from
  while (at < from + maxLinks && words.test(tokens[at]?.text ?? '')) at += 1
  return at
}
