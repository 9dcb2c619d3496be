import type { Unit } from '../document/note-document.ts'
import { adjectives, conjunctions, determiners, prepositions, sides } from '../lexicon/gap-words.ts'
import { stemOf } from '../lexicon/stem.ts'
import type { Token } from '../lexicon/tokens.ts'
import type { TokenRange } from './cue-index.ts'

const asks = new Set(
  [
    'any',
    'do',
    'does',
    'did',
    'have',
    'has',
    'had',
    'is',
    'are',
    'was',
    'were',
    'can',
    'could',
    'will',
    'how',
    'when',
    'what',
    'which',
    'where',
    'why',
    'who',
  ].map(stemOf),
)

/** A question that the same unit does not answer. */
export function isQuestion(tokens: readonly Token[]): boolean {
  return tokens.at(-1)?.stem === '?' && tokens.slice(0, 3).some(({ stem }) => asks.has(stem))
}

const degrees = new Set(
  ['mild', 'moderate', 'severe', 'marked', 'large', 'small', 'trace', 'slight'].map(stemOf),
)
const choices = new Set([...degrees, ...['none', 'no', 'normal', 'absent', 'trivial'].map(stemOf)])
/** "mild/moderate" is a severity; three of them are the options of a form. */
const minChoices = 3

/** Unselected template options: "{has/does not have}", "mild / moderate / severe", "tried: ____ dose ____". */
export function isTemplate(tokens: readonly Token[]): boolean {
  let braces = 0
  let chosen = 0
  let blanks = 0
  for (const [at, { stem, kind }] of tokens.entries()) {
    if (stem === '{' || (stem === '}' && braces > 0)) braces += 1
    if (stem.startsWith('_') && tokens[at - 1]?.stem.startsWith('_') !== true) blanks += 1
    if (kind !== 'mark' && !choices.has(stem)) chosen = 0
    else if (choices.has(stem)) chosen = at === 0 || tokens[at - 1]?.stem === '/' ? chosen + 1 : 1
    if (chosen >= minChoices || braces > 1) return true
  }
  return blanks > 1 && tokens.every(({ kind }) => kind !== 'number')
}

/** "Effusion | moderate": a name with one degree beside it is a finding; several degrees are options of a form. */
function givesDegree({ kind, cells = [] }: Unit, tokens: readonly Token[]): boolean {
  const [, degree, ...others] = cells
  if (kind !== 'row' || degree === undefined || others.length > 0) return false
  const inside = tokens.filter(({ start }) => start >= degree.start && start < degree.end)
  return inside.length === 1 && degrees.has(inside[0]?.stem ?? '')
}

/**
 * Whether a unit of a table, a box group or a review of systems consists only of names of findings. Such printed
 * text asserts nothing unless the layout or a word does.
 */
export function isBarePhrase(
  unit: Unit,
  tokens: readonly Token[],
  places: readonly TokenRange[],
): boolean {
  const isOfForm =
    unit.kind === 'row' || unit.kind === 'option' || unit.section.kind === 'review_of_systems'
  if (!isOfForm || givesDegree(unit, tokens)) return false
  const covered = new Uint8Array(tokens.length)
  for (const { first, last } of places) covered.fill(1, first, last + 1)
  const colon = tokens.findIndex(({ stem }) => stem === ':')
  const from = colon >= 0 && colon <= 3 ? colon + 1 : 0
  return tokens.every(
    ({ kind, stem }, index) =>
      index < from ||
      covered[index] === 1 ||
      kind === 'mark' ||
      conjunctions.has(stem) ||
      prepositions.has(stem) ||
      determiners.has(stem) ||
      sides.has(stem) ||
      adjectives.has(stem),
  )
}

const blankBefore = /_{3,}\s{0,2}\(\s{0,2}$/

/** "Signature: ______ (I certify the need)": text that a form prints in brackets after a blank. */
export function isBehindBlank(source: string, { start }: Unit): boolean {
  return (
    source.charAt(start - 1) === '(' &&
    blankBefore.test(source.slice(Math.max(0, start - 12), start))
  )
}
