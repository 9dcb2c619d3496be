import type { ConceptTree } from '../chart-facts.ts'

/** Words that name nothing. */
const idle: ReadonlySet<string> = new Set(
  'a an and any at by for from has had have her his in is it its my of on or the their to was with'.split(
    ' ',
  ),
)
/** What inflection changes stands behind these: weak, weakness, weakened. */
const stemLength = 5

/**
 * Whether a passage names a concept in some order and inflection, with other words between: all words of its name, or of one of its synonyms, stand in the passage.
 * What a passage means is more than the stages can check; that it does not even name what it is said to prove, they can.
 */
export function names(passage: string, conceptId: string, concepts: ConceptTree): boolean {
  const concept = concepts.get(conceptId)
  if (concept === undefined) return false
  const said = new Set(stemsOf(passage))
  return [concept.name, ...(concept.synonyms ?? [])].some((name) => {
    const wanted = stemsOf(name)
    return wanted.length > 0 && wanted.every((stem) => said.has(stem))
  })
}

function stemsOf(text: string): readonly string[] {
  return (text.toLowerCase().match(/[a-z0-9]+/g) ?? [])
    .filter((word) => !idle.has(word))
    .map((word) => word.slice(0, stemLength).replace(/(?<=^.{3,})s$/, ''))
}
