import type { Span } from '../../document/note-document.ts'
import { numberOrRangeAt } from '../values/numbers.ts'
import { type Token, tokensWithin } from '../values/tokens.ts'
import { unitAt } from '../values/unit-words.ts'

const doseUnits: ReadonlySet<string> = new Set(['mg', 'ug', 'g', 'mL', '[iU]', 'meq'])
/** Words that may stand between a drug and its dose. */
const between =
  /^(?:sodium|potassium|hcl|er|xr|sr|ec|dr|oral|tablet|tablets|tab|tabs|capsule|capsules|at|of|dose|:|,|\(|po|to|up|gel|patch|injection)$/

/** Where the dose of a drug is written: "naproxen 500 mg", "500 mg of naproxen". */
export function doseBeside(tokens: readonly Token[], mention: Span): Span | undefined {
  const { first, next } = tokensWithin(tokens, mention)
  for (let at = next; at < next + 4; at += 1) {
    const dose = doseAt(tokens, at)
    if (dose !== undefined) return dose
    if (!between.test(tokens[at]?.text ?? '')) break
  }
  for (let at = first - 2; at >= Math.max(0, first - 5); at -= 1) {
    const dose = doseAt(tokens, at)
    const isBeside =
      dose !== undefined &&
      (dose.end >= (tokens[first - 1]?.start ?? 0) || tokens[first - 1]?.text === 'of')
    if (isBeside) return dose
  }
  return undefined
}

export function doseAt(tokens: readonly Token[], index: number): Span | undefined {
  const read = numberOrRangeAt(tokens, index)
  const token = tokens[index]
  // "ten milligrams": a number in words needs a unit that is no letter.
  if (read === undefined || token === undefined) return undefined
  const unit = unitAt(tokens, read.next)
  const last = tokens[(unit?.next ?? 0) - 1]
  return unit !== undefined &&
    doseUnits.has(unit.ucum) &&
    last !== undefined &&
    (token.kind === 'number' || last.text.length > 1)
    ? { start: token.start, end: last.end }
    : undefined
}
