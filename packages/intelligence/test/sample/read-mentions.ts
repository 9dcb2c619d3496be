import type { Side } from '../../src/facts/fact.ts'
import { factsOfNote } from '../../src/facts/facts-of-note.ts'
import { readDocument } from '../../src/document/read-document.ts'
import type { Span } from '../../src/document/note-document.ts'
import type { ConceptKind } from '../../src/lexicon/concept.ts'
import { loadLexicon } from '../../src/lexicon/lexicon.ts'
import type { Assertion } from '../../src/modifiers/assertion.ts'
import { assertionsOf } from '../../src/modifiers/assertions-of.ts'

/** A mention as our stages read it. */
export interface ReadMention extends Span {
  readonly conceptId: string
  readonly kind: ConceptKind
  readonly assertion: Assertion
  readonly side?: Side
}

const stages = { readDocument, assertionsOf }
const source = { resourceType: 'DocumentReference', resourceId: 'note' }
const day = '2026-06-15'

/**
 * The mentions of a note with their modifiers and facts, in text order. Parts of the body and observables
 * without a value are left out, because they state nothing by themselves.
 */
export function readMentions(text: string): readonly ReadMention[] {
  const lexicon = loadLexicon()
  const document = readDocument(text)
  const facts = factsOfNote(document, { source, day, isOfEncounter: true }, lexicon, day, stages)
  const placed = facts.flatMap((fact) =>
    fact.from.kind === 'note'
      ? [{ fact, spans: fact.from.spans.filter(({ start, end }) => end > start) }]
      : [],
  )
  return document.units.flatMap((unit) =>
    [...assertionsOf(document, unit, lexicon.find(document, unit), lexicon)].flatMap(
      ([mention, assertion]) => {
        const kind = lexicon.get(mention.conceptId)?.kind
        if (kind === undefined || kind === 'site' || kind === 'observable') return []
        const fact = placed.find(
          (one) =>
            lexicon.isA(one.fact.conceptId, mention.conceptId) &&
            one.spans.some((span) => span.start === mention.start && span.end === mention.end),
        )?.fact
        // If the place makes the concept narrower ("MRI" of the knee), the fact has the narrower one.
        const { start, end } = mention
        const conceptId = fact?.conceptId ?? mention.conceptId
        const side = fact?.side === undefined ? {} : { side: fact.side }
        return [{ conceptId, kind, start, end, assertion, ...side }]
      },
    ),
  )
}
