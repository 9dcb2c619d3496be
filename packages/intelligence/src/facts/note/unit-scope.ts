import type { NoteDocument, Span, Unit } from '../../document/note-document.ts'
import type { LexiconView } from '../../lexicon/lexicon-view.ts'
import type { Mention } from '../../lexicon/mention.ts'
import type { Assertion } from '../../modifiers/assertion.ts'
import type { Concept } from '../../lexicon/concept.ts'
import type { FactSource, Finding } from '../fact.ts'
import type { TimeExpression } from '../values/time-expression.ts'
import type { NoteOrigin } from './note-origin.ts'
import type { Place } from './places.ts'
import type { MentionTarget, ParsedUnit } from './parsed-unit.ts'

/** A unit with the context to which its facts are attributed. */
export interface UnitScope {
  readonly document: NoteDocument
  readonly note: NoteOrigin
  readonly lexicon: LexiconView
  /** The day on which the unit was first written. */
  readonly noteDay: string
  readonly parsed: ParsedUnit
}

/** A mention that becomes a fact. */
export interface FactCandidate {
  readonly target: MentionTarget
  readonly mention: Mention
  readonly concept: Concept
  readonly assertion: Assertion
  readonly place: Place
}

/** The maximum distance between a question and its answer for both to be quoted. */
const maxQuestionDistance = 300

/** The text to quote for a span of a unit: the unit and the question it answers. */
export function quoteOf({ quote }: Unit, span: Span): Span {
  if (span.start >= quote.start && span.end <= quote.end) return quote
  return span.start < quote.start && quote.start - span.end <= maxQuestionDistance
    ? { start: span.start, end: quote.end }
    : quote
}

/** The source of a fact. `quoteEnd`: the end of the quote if the next sentence adds to it. */
export function sourceOf(
  { note, parsed }: UnitScope,
  mention: Mention,
  spans: readonly Span[],
  quoteEnd?: number,
): FactSource {
  const { unit } = parsed
  const own = quoteOf(unit, mention)
  const quote = quoteEnd === undefined ? own : { start: own.start, end: quoteEnd }
  const copied = note.copiedFrom?.(unit)
  const day = copied ?? note.day
  const inQuote: Span[] = []
  const take = ({ start, end }: Span) => {
    if (start >= quote.start && end <= quote.end) inQuote.push({ start, end })
  }
  take(mention)
  for (const span of spans) take(span)
  return {
    kind: 'note',
    source: note.source,
    quote,
    spans: inQuote,
    ...(day === undefined ? {} : { day }),
    ...(note.author === undefined ? {} : { author: note.author }),
    isOfEncounter: note.isOfEncounter && copied === undefined,
    isCopied: copied !== undefined,
  }
}

export function timesOf({ parsed }: UnitScope, target: MentionTarget): readonly TimeExpression[] {
  return parsed.bound.get(target) ?? []
}

export function placed({ sites, side }: Place): Pick<Finding, 'sites' | 'side'> {
  return side === undefined ? { sites } : { sites, side }
}

/** The mentions of these kinds, in text order. */
export function mentionsOfKind(
  { parsed, lexicon }: Pick<UnitScope, 'parsed' | 'lexicon'>,
  kinds: readonly string[],
): readonly Mention[] {
  return parsed.mentions
    .filter((one) => kinds.includes(lexicon.get(one.conceptId)?.kind ?? ''))
    .toSorted((one, other) => one.start - other.start)
}
