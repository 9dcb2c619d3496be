import { stemOf } from './stem.ts'

const set = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/).map(stemOf))

/**
 * Words that may stand inside a term without changing its meaning. Never words that deny (not, no, without) or
 * begin another statement (but).
 */
export const determiners = set(
  'the a an his her their my our your its this that these those any some all',
)

export const sides = set('left right l r lt rt bilateral bilaterally both either sided side b/l')

/** Words for an amount, a duration or a part. */
export const adjectives = set(`
  mild moderate severe mod slight marked significant profound subtle minimal diffuse focal generalized isolated
  new old acute chronic subacute recent recurrent persistent constant intermittent occasional frequent ongoing episodic
  progressive worsening increasing increased worse known subjective objective associated complete partial total
  upper lower proximal distal medial lateral anterior posterior entire whole very quite more much somewhat`)

export const copulas = set(
  'is are was were be been being feel feels felt seems seem remains remain has have had gets becomes became appears appear',
)

/** Words that may join the head of a term with its site: "weakness of the leg", "pain over the hip". */
export const prepositions = set(
  'of in at on over to with within into from down throughout involving affecting about around across for',
)

/** "It still catches", "knee sometimes locks". */
const frequencies = set(
  'still also sometimes occasionally often frequently always constantly repeatedly again intermittently',
)

export const conjunctions = set('and or nor')

export function isGapWord(stem: string): boolean {
  return (
    determiners.has(stem) ||
    sides.has(stem) ||
    adjectives.has(stem) ||
    copulas.has(stem) ||
    frequencies.has(stem)
  )
}
