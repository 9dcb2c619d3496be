import type { Concept } from '@authscript/prior-auth'

export type Side = 'left' | 'right' | 'both'

const left = /\bleft\b|\blt\b|\bleft[- ]sided\b|\(l\)/i
const right = /\bright\b|\brt\b|\(r\)/i
const both =
  /\bbilateral(?:ly)?\b|\bboth (?:\w+ )?(?:knees?|hips?|shoulders?|legs?|sides?|ankles?|feet|hands?|wrists?|elbows?|lower extremities)\b|\bb\/l\b|\bbilat\b/i

const joints =
  '(?:knees?|hips?|shoulders?|ankles?|legs?|feet|foot|wrists?|elbows?|hands?|LE|UE|TKA|THA|TKR|THR|sciatica|LBP)'
/** "L knee", "RLE": a letter alone is a side only before a part of the body. */
const leftLetter = new RegExp(`\\bL(?=[. ]+${joints}\\b)|\\bL[LU]E\\b`)
const rightLetter = new RegExp(`\\bR(?=[. ]+${joints}\\b)|\\bR[LU]E\\b`)

/** The side that a text names; undefined when it names none, or one each. */
export function sideInText(text: string): Side | undefined {
  if (both.test(text)) return 'both'
  const isLeft = left.test(text) || leftLetter.test(text)
  const isRight = right.test(text) || rightLetter.test(text)
  if (isLeft === isRight) return undefined
  return isLeft ? 'left' : 'right'
}

/** Whether something on `one` side speaks of the `wanted` one. Without a side on either there is nothing that keeps them apart. */
export function isSameSide(one: Side | undefined, wanted: Side | undefined): boolean {
  return (
    one === undefined ||
    wanted === undefined ||
    one === 'both' ||
    wanted === 'both' ||
    one === wanted
  )
}

export function sideOfConcepts(concepts: readonly Concept[]): Side | undefined {
  const words = concepts.flatMap((concept) => [
    concept.text ?? '',
    ...concept.codings.map((coding) => coding.display ?? ''),
  ])
  return sideInText(words.join(' ; '))
}

/**
 * The side that a sentence gives a term: the nearest named one, for "right knee replaced, left knee pain" speaks of two knees. A side behind the term
 * is nearer than one before it only when no comma or "and" stands between.
 */
export function sideOfTerm(text: string, start: number, end: number): Side | undefined {
  const before = text.slice(0, start)
  const after = text.slice(end)
  const within = sideInText(text.slice(start, end))
  if (within !== undefined) return within
  const close = sideInText(before.split(/[,;]|\band\b|\bbut\b/i).at(-1) ?? '')
  if (close !== undefined) return close
  const behind = sideInText(after.split(/[,;]|\band\b|\bbut\b/i)[0] ?? '')
  if (behind !== undefined) return behind
  return sideInText(text)
}
