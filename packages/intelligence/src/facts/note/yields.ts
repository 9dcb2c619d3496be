import type { LexiconView } from '../../lexicon/lexicon-view.ts'
import { composedVariants } from '../composed-concept.ts'
import { impliedBy, impliedByContext } from './implied-measures.ts'
import type { UnitReading } from './unit-reading.ts'

/**
 * All concepts of which a unit may have a fact by its own mentions, columns and leads: those of the mentions, the narrower ones that a part of the body makes of them,
 * what they deny, and the measures that a bare number beside them is of. A unit of which none of these is asked for need not be read.
 */
export function yieldsOf(reading: UnitReading, lexicon: LexiconView): ReadonlySet<string> {
  const yields = new Set<string>()
  const addAll = (ids: Iterable<string>) => {
    for (const id of ids) yields.add(id)
  }
  for (const { conceptId } of reading.mentions) addAll(yieldsOfConcept(conceptId, lexicon))
  for (const mentions of reading.headers.values())
    for (const { conceptId } of mentions) yields.add(conceptId)
  for (const conceptId of reading.leadConcepts) addAll(impliedByContext(conceptId, lexicon))
  return yields
}

/** All concepts of which the next unit of the section may have a fact by what this one speaks of. */
export function yieldsBehind(reading: UnitReading, lexicon: LexiconView): ReadonlySet<string> {
  return new Set(reading.mentions.flatMap((one) => impliedByContext(one.conceptId, lexicon)))
}

interface Yields {
  readonly of: ReadonlyMap<string, readonly string[]>
  /** The other way about. */
  readonly by: ReadonlyMap<string, readonly string[]>
}

const known = new WeakMap<LexiconView, Yields>()

/** All concepts of which a fact may come of a mention of this one. */
function yieldsOfConcept(conceptId: string, lexicon: LexiconView): readonly string[] {
  return yieldsIn(lexicon).of.get(conceptId) ?? [conceptId]
}

/** The concepts of whose mentions a fact of this one may come. */
export function yieldedBy(conceptId: string, lexicon: LexiconView): readonly string[] {
  return yieldsIn(lexicon).by.get(conceptId) ?? [conceptId]
}

function yieldsIn(lexicon: LexiconView): Yields {
  const before = known.get(lexicon)
  if (before !== undefined) return before
  const of = new Map<string, readonly string[]>()
  const by = new Map<string, string[]>()
  for (const { id } of lexicon.concepts) {
    const own = [id, ...composedVariants(id, lexicon)]
    const denied = own.flatMap((one) => lexicon.get(one)?.denies ?? [])
    const yields = [...new Set([...own, ...denied, ...impliedBy(id, lexicon)])]
    of.set(id, yields)
    for (const one of yields) {
      const list = by.get(one)
      if (list === undefined) by.set(one, [id])
      else list.push(id)
    }
  }
  const found = { of, by }
  known.set(lexicon, found)
  return found
}
