import {
  answerBefore,
  hasNegation,
  isBare,
  isMixed,
  polarityOf,
  settledPolarity,
} from './answers.ts'
import { boxFieldsOf, type BoxField } from './boxes/box-fields.ts'
import { boxPartsOf, hasBoxes } from './boxes/box-parts.ts'
import { circledFieldsOf } from './boxes/circled-answers.ts'
import { type Heading, inlineHeading } from './headings/heading.ts'
import { isSystem } from './headings/section-names.ts'
import type { LayoutPolarity, Span, Unit } from './note-document.ts'
import { type Pair, pairsOf } from './pairs.ts'
import type { Run } from './runs.ts'
import { type Sentence, sentencesOf } from './sentences.ts'
import type { Piece } from './unit-list.ts'

interface Sinks {
  readonly text: string
  readonly add: (piece: Piece) => number | undefined
  readonly open: (heading: Heading) => void
  readonly addOption: (
    index: number,
    option: {
      readonly text: string
      readonly isTicked: boolean
      /** What its line says of it and its neighbours: "Treatment: [x] brace". */
      readonly lead: Span | undefined
    },
  ) => void
}

interface RunLook {
  readonly kind: Unit['kind']
  /** The line before may go on in this run, and would turn what it says. */
  readonly isDoubtful: boolean
  readonly isListNext: boolean
  readonly isTextNext: boolean
  /** The next line is a field of its own: `Key: value`. */
  readonly isKeyNext: boolean
}

/** Longer text leads nothing in. */
const longestLead = 300
const announces =
  /\b(?:following|these|below|as follows|any of|include[sd]?|including|are|is|if you|for|with|to|reports?|denies|negatives?|positives?)\s*[.:]?$/i
const announcesAnywhere = /\b(?:the following|these (?:symptoms|signs|risks)|as follows)\b/i
/** Its box is on this line, its text on the next or none at all. */
const onlyMarks = /^[^\p{L}\p{N}]*$/u

/** Reads runs of text: their sentences, pairs, boxes and the headings inside them. */
export class StatementReader {
  readonly #sinks: Sinks

  constructor(sinks: Sinks) {
    this.#sinks = sinks
  }

  /** The lead-in that the run ends with, where it governs what follows. */
  read(run: Run, look: RunLook): Span | undefined {
    const sentences = joinedQuestions(
      run,
      sentencesOf(run.text, { start: 0, end: run.text.length }),
    )
    const leads: Span[] = []
    let isBehindBox = false
    for (const [index, sentence] of sentences.entries()) {
      const heading =
        index === 0 ? undefined : inlineHeading(textIn(run, sentence), run.start + sentence.start)
      if (heading !== undefined) {
        this.#sinks.open(heading)
        leads.length = 0
        isBehindBox = false
      }
      const start = heading === undefined ? sentence.start : heading.contentStart - run.start
      if (start >= sentence.end) continue
      const part = { ...sentence, start }
      const text = run.text.slice(part.start, part.end)
      if (hasBoxes(text)) {
        this.#readBoxes(run, part)
        isBehindBox = true
        continue
      }
      const circled = circledFieldsOf(text, run.start + part.start)
      if (circled !== undefined) {
        for (const field of circled) this.#addField(field, [])
        continue
      }
      const isDoubtful =
        sentence.isCut || (look.isDoubtful && index === 0) || (isBehindBox && isBare(text))
      const isPart = (lead: Span | undefined) =>
        lead !== undefined && isSystem(this.#sinks.text.slice(lead.start, lead.end))
      // "Eyes: …" ends what "Constitutional: …" began.
      if (isPart(leads[0]) && /^[A-Z][\w ,/&-]{1,40}:/.test(text)) leads.length = 0
      const key = this.#readSentence(run, part, { ...look, isDoubtful }, leads)
      if (key !== undefined && leads.length === 0) leads.push(key)
      else if (key !== undefined && isPart(leads[0])) leads[0] = key
    }
    return leadOf(run, sentences.at(-1), look)
  }

  /** The key that governs the rest of the run: "Mother: diabetes. Stroke at 60." */
  #readSentence(run: Run, span: Span, look: RunLook, leads: readonly Span[]): Span | undefined {
    const pairs = pairsOf(run.text, span)
    const [first] = pairs
    const place = (one: Span): Span => ({ start: run.start + one.start, end: run.start + one.end })
    const text = run.text.slice(span.start, span.end)
    if (first === undefined) {
      const colon = /(?:[:?]|\.{4,}|_{2,}|…)$/.test(text) && isBare(text) && !look.isListNext
      // A question or field that nobody answered.
      const polarity = look.isDoubtful
        ? 'unknown'
        : colon
          ? 'unmarked'
          : text.endsWith('?') && /^(?:do|does|did|have|has|are|is|any|can|were|was)\b/i.test(text)
            ? 'unmarked'
            : undefined
      this.#sinks.add({ kind: look.kind, ...place(span), polarity, leads })
      return undefined
    }
    if (first.polarity === undefined) return this.#readKey(run, span, first, look, leads)
    for (const pair of pairs) this.#readPair(run, pair, look, leads)
    return undefined
  }

  /** A key with other text than an answer: the words decide; a key that is an answer governs its text. */
  #readKey(
    run: Run,
    span: Span,
    { label, answer }: Pair,
    look: RunLook,
    leads: readonly Span[],
  ): Span | undefined {
    const key = run.text.slice(label.start, label.end)
    const value = run.text.slice(answer.start, answer.end)
    const whole = { start: run.start + span.start, end: run.start + span.end }
    const place = { start: run.start + label.start, end: run.start + label.end }
    const keyPolarity = polarityOf(key)
    const isEmpty = onlyMarks.test(value)
    let polarity: LayoutPolarity | undefined
    if (look.isDoubtful) polarity = 'unknown'
    else if (isEmpty && !look.isListNext) polarity = isBare(key) ? 'unmarked' : undefined
    else if (keyPolarity !== undefined && !isMixed(value)) polarity = keyPolarity
    this.#sinks.add({ kind: 'pair', ...whole, polarity, leads })
    const isCue =
      keyPolarity !== undefined || hasNegation(key) || /\b(?:reports|positives?)\b/i.test(key)
    return isCue || isEmpty ? undefined : place
  }

  #readPair(
    run: Run,
    { label, polarity, answer, rest }: Pair,
    look: RunLook,
    leads: readonly Span[],
  ): void {
    if (polarity === undefined) return
    const place = (one: Span): Span => ({ start: run.start + one.start, end: run.start + one.end })
    const words = run.text.slice(label.start, label.end)
    const comment = run.text.slice(rest.start, rest.end)
    const hasRest = /[\p{L}\p{N}]/u.test(comment)
    const said = look.isDoubtful ? 'unknown' : settledPolarity(words, polarity)
    if (polarity === 'yes' && hasRest) {
      // "Yes, but no chills": the words decide.
      const whole = { start: label.start, end: rest.end }
      this.#sinks.add({
        kind: 'pair',
        ...place(whole),
        polarity: isMixed(comment) && said === 'yes' ? undefined : said,
        leads,
      })
      return
    }
    const quote = place({ start: label.start, end: answer.end })
    this.#sinks.add({ kind: 'pair', ...place(label), polarity: said, leads, quote })
    if (hasRest)
      this.#sinks.add({
        kind: 'sentence',
        ...place(rest),
        polarity: isBare(comment) ? 'unknown' : undefined,
        leads: [...leads, place(label)],
        quote: place({ start: label.start, end: rest.end }),
      })
  }

  #readBoxes(run: Run, span: Span): void {
    const text = run.text.slice(span.start, span.end)
    let leads: readonly Span[] = []
    const fields = boxFieldsOf(boxPartsOf(text, run.start + span.start))
    const hasTick = fields.some((field) => field.kind === 'option' && field.mark === 'checked')
    for (const field of fields) {
      if (field.kind === 'lead') leads = [{ start: field.start, end: field.end }]
      else this.#addField(field, leads, hasTick)
    }
  }

  #addField(field: BoxField, leads: readonly Span[], hasTick = false): void {
    const { start, end } = field
    const words = this.#sinks.text.slice(start, end)
    switch (field.kind) {
      case 'lead':
        return
      case 'answered': {
        const polarity = settledPolarity(words, field.polarity)
        this.#sinks.add({ kind: 'pair', start, end, polarity, leads, quote: field.quote })
        return
      }
      case 'valued':
        this.#sinks.add({ kind: 'pair', start, end, leads, quote: field.quote, blanks: field.blanks })
        return
      case 'comment':
        this.#sinks.add({
          kind: 'sentence',
          start,
          end,
          polarity: isBare(words) ? 'unknown' : undefined,
          leads,
          quote: field.quote,
        })
        return
      case 'unread':
        this.#sinks.add({
          kind: 'option',
          start,
          end,
          polarity: 'unknown',
          leads,
          quote: field.quote,
        })
        return
      case 'option': {
        const said =
          field.mark === 'empty'
            ? 'unmarked'
            : field.mark === 'checked'
              ? settledPolarity(words, 'yes')
              : hasTick
                ? 'no'
                : 'unknown'
        const index = this.#sinks.add({
          kind: 'option',
          start,
          end,
          polarity: said,
          leads,
          quote: field.quote,
        })
        if (index !== undefined)
          this.#sinks.addOption(index, {
            text: words,
            isTicked: field.mark !== 'empty',
            lead: leads.at(-1),
          })
        return
      }
      default:
        field satisfies never
    }
  }
}

const textIn = (run: Run, { start, end }: Span): string => run.text.slice(start, end)

/** "Fever? No." and "Fever? [ ] Yes" are one statement each. */
function joinedQuestions(run: Run, sentences: readonly Sentence[]): readonly Sentence[] {
  const joined: Sentence[] = []
  for (const sentence of sentences) {
    const last = joined.at(-1)
    const text = run.text.slice(sentence.start, sentence.start + 80)
    const asks = last !== undefined && /[?:]$/.test(run.text.slice(last.end - 1, last.end))
    if (last !== undefined && asks && (answerBefore(text) !== undefined || hasBoxes(text)))
      joined[joined.length - 1] = { ...last, end: sentence.end }
    else joined.push(sentence)
  }
  return joined
}

function leadOf(
  run: Run,
  last: Sentence | undefined,
  { isListNext, isTextNext, isKeyNext }: RunLook,
): Span | undefined {
  if (last === undefined || last.end - last.start > longestLead || hasBoxes(textIn(run, last)))
    return undefined
  const text = textIn(run, last)
  const span = { start: run.start + last.start, end: run.start + last.end }
  // A field that nobody filled in leads nothing where another field follows.
  if (text.endsWith(':'))
    return isListNext || (isTextNext && !(isKeyNext && isBare(text))) ? span : undefined
  if (!isListNext) return undefined
  const isOpen = !/[.!?;]$/.test(text) && text.length <= 120
  return isOpen || announces.test(text) || announcesAnywhere.test(text) ? span : undefined
}
