import type { LexiconView } from '../../lexicon/lexicon-view.ts'
import { composedVariants } from '../composed-concept.ts'
import { impliedBy, impliedByContext } from './implied-measures.ts'
import { normalOf } from './normal-study.ts'
import type { ParsedUnit } from './parsed-unit.ts'

/**
 * The concepts under which a unit is indexed for fact queries: those of its mentions and column headings, and
 * the measures that a lead-in may imply. A fact of a concept comes from a unit indexed under one of its
 * `yieldedBy`; other units need not be read.
 */
export function sourcesOf(parsed: ParsedUnit, lexicon: LexiconView): ReadonlySet<string> {
  const sources = new Set<string>()
  for (const { conceptId } of parsed.mentions) sources.add(conceptId)
  for (const mentions of parsed.headers.values())
    for (const { conceptId } of mentions) sources.add(conceptId)
  if (parsed.hasBreathingColumn) sources.add('oxygen-saturation')
  for (const conceptId of parsed.leadConcepts)
    for (const implied of impliedByContext(conceptId, lexicon)) sources.add(implied)
  return sources
}

/** The same for the next unit of the section, from what this one mentions. */
export function sourcesForNext(parsed: ParsedUnit, lexicon: LexiconView): ReadonlySet<string> {
  return new Set(parsed.mentions.flatMap((one) => impliedByContext(one.conceptId, lexicon)))
}

const known = new WeakMap<LexiconView, ReadonlyMap<string, readonly string[]>>()

/**
 * The concepts whose mentions can give a fact of this concept: itself; one that a part of the body turns into
 * it; one that denies it by its meaning or is a test for it; one beside which a bare number is a value of it.
 */
export function yieldedBy(conceptId: string, lexicon: LexiconView): readonly string[] {
  let ofLexicon = known.get(lexicon)
  if (ofLexicon === undefined) {
    ofLexicon = yieldedByIn(lexicon)
    known.set(lexicon, ofLexicon)
  }
  return ofLexicon.get(conceptId) ?? [conceptId]
}

function yieldedByIn(lexicon: LexiconView): ReadonlyMap<string, readonly string[]> {
  const by = new Map<string, string[]>()
  for (const { id, values } of lexicon.concepts) {
    const own = [id, ...composedVariants(id, lexicon)]
    const denied = own.flatMap((one) => [
      ...(lexicon.get(one)?.denies ?? []),
      ...(lexicon.get(normalOf(one))?.denies ?? []),
    ])
    if (values?.normal.asserts !== undefined) denied.push(values.normal.asserts)
    for (const one of new Set([...own, ...denied, ...impliedBy(id, lexicon)])) {
      const sources = by.get(one)
      if (sources === undefined) by.set(one, [id])
      else sources.push(id)
    }
  }
  return by
}
