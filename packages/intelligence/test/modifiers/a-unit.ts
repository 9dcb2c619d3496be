import type {
  LayoutPolarity,
  NoteDocument,
  Section,
  SectionKind,
  Unit,
} from '../../src/document/note-document.ts'
import { readDocument } from '../../src/document/read-document.ts'
import type { Assertion } from '../../src/modifiers/assertion.ts'
import { assertionsOf } from '../../src/modifiers/assertions-of.ts'
import { aLexicon } from '../lexicon/a-lexicon.ts'

export interface UnitShape {
  readonly section?: SectionKind
  readonly kind?: Unit['kind']
  readonly lead?: string
  readonly polarity?: LayoutPolarity
}

/** A document with the sentences of one section, each a unit, with an optional line above. */
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

/** The assertion of each concept in a document, by id; of several mentions the last. */
export function assertionsIn(document: NoteDocument): ReadonlyMap<string, Assertion> {
  return new Map(
    document.units.flatMap((unit) => {
      const mentions = aLexicon.find(document, unit)
      return [...assertionsOf(document, unit, mentions, aLexicon)].map(
        ([mention, assertion]) => [mention.conceptId, assertion] as const,
      )
    }),
  )
}

/** The assertion of the text between `«` and `»`. */
export function assertionOfMarked(text: string, shape: UnitShape = {}): Assertion {
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

const marks = { '+': 'affirmed', '-': 'denied', '?': 'open' } as const

/** The assertions of the texts in `+«…»`, `-«…»`, `?«…»`, with the expected ones from the marks. */
export function checkMarked(statement: string): {
  readonly expected: readonly string[]
  readonly actual: readonly string[]
} {
  const marked = [...statement.matchAll(/([+?-])«([^»]*)»/g)]
  const text = statement.replaceAll(/[+?-]«([^»]*)»/g, '$1')
  const document = readDocument(text)
  const said = document.units.flatMap((unit) => [
    ...assertionsOf(document, unit, aLexicon.find(document, unit), aLexicon),
  ])
  const actual = marked.map((match, index) => {
    const start = match.index - 3 * index
    const word = match[2] ?? ''
    const found = said.find(([one]) => one.start < start + word.length && start < one.end)
    if (found === undefined) return `${word}: not found`
    const { status } = found[1]
    return `${word}: ${status === 'affirmed' || status === 'denied' ? status : 'open'}`
  })
  const expected = marked.map(
    ([, mark, word]) => `${word}: ${marks[mark === '+' || mark === '-' ? mark : '?']}`,
  )
  return { expected, actual }
}
