import type { LexiconView } from '../../lexicon/lexicon-view.ts'
import { composedVariants } from '../composed-concept.ts'
import { impliedBy, impliedByContext } from './implied-measures.ts'
import type { UnitReading } from './unit-reading.ts'

const known = new WeakMap<LexiconView, Map<string, readonly string[]>>()

/**
 * All concepts of which a unit may have a fact, told by its mentions alone: those of the mentions, the narrower ones that a part of the body makes of them, what they
 * deny, the measures that head its columns, and those that a bare number beside them is of. A unit of which none of these is asked for need not be read.
 * `previous` is the unit before it.
 */
export function yieldsOf(
  reading: UnitReading,
  previous: UnitReading | undefined,
  lexicon: LexiconView,
): ReadonlySet<string> {
  const yields = new Set<string>()
  const addAll = (ids: Iterable<string>) => {
    for (const id of ids) yields.add(id)
  }
  for (const { conceptId } of reading.mentions) addAll(yieldsOfMention(conceptId, lexicon))
  for (const mentions of reading.headers.values())
    for (const { conceptId } of mentions) yields.add(conceptId)
  for (const conceptId of reading.leadConcepts) addAll(impliedByContext(conceptId, lexicon))
  if (previous?.unit.section === reading.unit.section)
    for (const { conceptId } of previous.mentions) addAll(impliedByContext(conceptId, lexicon))
  return yields
}

function yieldsOfMention(conceptId: string, lexicon: LexiconView): readonly string[] {
  let ofLexicon = known.get(lexicon)
  if (ofLexicon === undefined) {
    ofLexicon = new Map()
    known.set(lexicon, ofLexicon)
  }
  let yields = ofLexicon.get(conceptId)
  if (yields === undefined) {
    const own = [conceptId, ...composedVariants(conceptId, lexicon)]
    const denied = own.flatMap((id) => lexicon.get(id)?.denies ?? [])
    yields = [...new Set([...own, ...denied, ...impliedBy(conceptId, lexicon)])]
    ofLexicon.set(conceptId, yields)
  }
  return yields
}
