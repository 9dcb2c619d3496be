import type { Unit } from '../document/note-document.ts'
import { adjectives, conjunctions, determiners, prepositions, sides } from '../lexicon/gap-words.ts'
import { stemOf } from '../lexicon/stem.ts'
import type { Token } from '../lexicon/tokens.ts'
import type { Place } from './cue-index.ts'

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

/** Alternatives of a template that nobody chose from: "{has/does not have}". */
export function isTemplate(tokens: readonly Token[]): boolean {
  return tokens.some(({ stem }) => stem === '{') && tokens.some(({ stem }) => stem === '}')
}

const degrees = new Set(
  ['mild', 'moderate', 'severe', 'marked', 'large', 'small', 'trace', 'slight'].map(stemOf),
)

/** "Effusion | moderate": a name with one degree beside it is a finding; a choice of degrees is a form's. */
function givesDegree({ kind, cells = [] }: Unit, tokens: readonly Token[]): boolean {
  const [, degree, ...others] = cells
  if (kind !== 'row' || degree === undefined || others.length > 0) return false
  const inside = tokens.filter(({ start }) => start >= degree.start && start < degree.end)
  return inside.length === 1 && degrees.has(inside[0]?.stem ?? '')
}

/**
 * Whether a unit of a table, a box group or a review of systems is nothing but the names of findings: a form's words, which assert nothing
 * unless the layout or a word does.
 */
export function isBarePhrase(
  unit: Unit,
  tokens: readonly Token[],
  places: readonly Place[],
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
