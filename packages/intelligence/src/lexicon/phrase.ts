import { determiners } from './gap-words.ts'
import { joint, type Step } from './phrase-trie.ts'
import { stemOf } from './stem.ts'
import { tokensOfText, type Token } from './tokens.ts'

const inside = new Set(['of', 'in', 'over', 'at'])
const results = new Set(
  ['positive', 'negative', 'abnormal', 'reduced', 'decreased', 'absent'].map(stemOf),
)

const isPlain = /^[a-z]+(?: [a-z]+)*$/

/** The stems of a phrase, without the hyphens and slashes of compounds. */
export function stepsOf(phrase: string): readonly string[] {
  if (isPlain.test(phrase)) return phrase.split(' ').map(stemOf)
  return tokensOfText(phrase)
    .filter(isPart)
    .map((token) => token.stem)
}

function isPart(token: Token): boolean {
  return token.kind !== 'mark' || !'-/,().'.includes(token.stem)
}

/** "x-ray" also as "xray". */
function joinedSteps(phrase: string): readonly string[] | undefined {
  if (!phrase.includes('-')) return undefined
  const joined = phrase.replaceAll(/(?<=\p{L})-(?=\p{L})/gu, '')
  return joined === phrase ? undefined : stepsOf(joined)
}

/**
 * All computed spellings of a phrase: unchanged, hyphenated or joined, "weakness of the leg" for "leg weakness"
 * and the reverse, "raise positive" for "positive raise".
 */
export function variantsOf(phrase: string, canTurn: boolean): readonly (readonly Step[])[] {
  const plain = stepsOf(phrase)
  const variants: (readonly Step[])[] = [plain]
  const joined = joinedSteps(phrase)
  if (joined !== undefined) variants.push(joined)
  if (!canTurn) return variants
  for (const steps of joined === undefined ? [plain] : [plain, joined]) {
    variants.push(...turned(steps))
  }
  return variants
}

function turned(steps: readonly string[]): readonly (readonly Step[])[] {
  const first = steps[0]
  const last = steps.at(-1)
  if (first === undefined || last === undefined || steps.length < 2 || steps.length > 5) return []
  const at = steps.findIndex((step, index) => index > 0 && inside.has(step))
  if (at > 0) {
    const owner = steps.slice(at + 1).filter((step) => !determiners.has(step))
    const head = steps.slice(0, at)
    if (owner.length === 0) return []
    return [
      [...owner, ...head],
      [...head, joint, ...owner],
    ]
  }
  if (results.has(first)) return [[...steps.slice(1), first]]
  if (results.has(last)) return [[last, ...steps.slice(0, -1)]]
  if (inside.has(last)) return []
  return [[last, joint, ...steps.slice(0, -1)]]
}
