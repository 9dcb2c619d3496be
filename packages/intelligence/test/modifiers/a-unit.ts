import type {
  LayoutPolarity,
  NoteDocument,
  Section,
  SectionKind,
  Unit,
} from '../../src/document/note-document.ts'
import type { Assertion } from '../../src/modifiers/assertion.ts'
import { assertionsOf } from '../../src/modifiers/assertions-of.ts'
import { aLexicon } from '../lexicon/a-lexicon.ts'

export interface UnitShape {
  readonly section?: SectionKind
  readonly kind?: Unit['kind']
  readonly lead?: string
  readonly polarity?: LayoutPolarity
}

/** A document of sentences of one section, each a unit, with a line above where one is given. */
export function aDocument(sentences: readonly string[], shape: UnitShape = {}): NoteDocument {
  const lead = shape.lead === undefined ? '' : `${shape.lead}\n`
  const source = `${lead}${sentences.join('\n')}`
  const section: Section = { kind: shape.section ?? 'other', start: 0, end: source.length }
  const leads = shape.lead === undefined ? [] : [{ start: 0, end: shape.lead.length }]
  let start = lead.length
  const units = sentences.map((sentence): Unit => {
    const span = { start, end: start + sentence.length }
    start = span.end + 1
    const polarity = shape.polarity === undefined ? {} : { polarity: shape.polarity }
    return { ...span, kind: shape.kind ?? 'sentence', section, leads, quote: span, ...polarity }
  })
  return { source, sections: [section], units, skipped: [], isWhole: true }
}

/** What is said of each concept in a document, by its id; of several mentions the last. */
export function spokenIn(document: NoteDocument): ReadonlyMap<string, Assertion> {
  return new Map(
    document.units.flatMap((unit) => {
      const mentions = aLexicon.find(document, unit)
      return [...assertionsOf(document, unit, mentions, aLexicon)].map(
        ([mention, assertion]) => [mention.conceptId, assertion] as const,
      )
    }),
  )
}

/** What is said of the words between `«` and `»`. */
export function spokenOfMarked(text: string, shape: UnitShape = {}): Assertion {
  const start = text.indexOf('«')
  const end = text.indexOf('»') - 1
  const document = aDocument([text.replace(/[«»]/g, '')], shape)
  const unit = document.units[0]!
  const mentions = aLexicon.find(document, unit)
  const mention = mentions.find(
    (one) => one.start < unit.start + end && unit.start + start < one.end,
  )
  if (mention === undefined) throw new Error(`no concept in the marks of: ${text}`)
  return assertionsOf(document, unit, mentions, aLexicon).get(mention)!
}
