import { answerBefore, isBare } from './answers.ts'
import { boxFieldsOf } from './boxes/box-fields.ts'
import type { BoxField } from './boxes/box-field.ts'
import { boxPartsOf, hasBoxes } from './boxes/box-parts.ts'
import { circledFieldsOf } from './boxes/circled-answers.ts'
import { pieceOfField } from './boxes/field-pieces.ts'
import { type Heading, inlineHeading, textStartOf } from './headings/heading.ts'
import { isSystem } from './headings/section-names.ts'
import { leadInOf, type LinesBehind } from './lead-in.ts'
import type { LayoutPolarity, Span, Unit } from './note-document.ts'
import { isGoverning, piecesOfPair, placed, readKey } from './pair-pieces.ts'
import { pairsOf } from './pairs.ts'
import type { TextBlock } from './text-blocks.ts'
import { type Sentence, sentencesOf } from './sentences.ts'
import { taggedAnswers } from './tagged-answers.ts'
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
      /** The text on its line that governs it and its neighbors: "Treatment: [x] brace". */
      readonly lead: Span | undefined
    },
  ) => void
}

interface TextBlockContext extends LinesBehind {
  readonly kind: Unit['kind']
  /** The previous line may continue in this block and would change its meaning. */
  readonly isDoubtful: boolean
}

const asks = /^(?:do|does|did|have|has|are|is|any|can|were|was)\b/i
const endsOpen = /(?:[:?]|\.{4,}|_{2,}|…)$/

/** Reads text blocks: their sentences, pairs, boxes and the headings inside them. */
export class StatementReader {
  readonly #sinks: Sinks

  constructor(sinks: Sinks) {
    this.#sinks = sinks
  }

  /** The lead-in at the end of the block, if it governs what follows. */
  read(block: TextBlock, context: TextBlockContext): Span | undefined {
    const sentences = joinedQuestions(
      block,
      sentencesOf(block.text, { start: 0, end: block.text.length }),
    )
    let lead: Span | undefined
    let isBehindBox = false
    for (const [index, sentence] of sentences.entries()) {
      const heading =
        index === 0
          ? undefined
          : inlineHeading(
              block.text.slice(sentence.start, sentence.end),
              block.start + sentence.start,
            )
      if (heading !== undefined) {
        this.#sinks.open(heading)
        lead = undefined
        isBehindBox = false
      }
      const start = heading === undefined ? sentence.start : textStartOf(heading) - block.start
      if (start >= sentence.end) continue
      const part = { ...sentence, start }
      const text = block.text.slice(part.start, part.end)
      if (hasBoxes(text)) {
        this.#readBoxes(block, part)
        isBehindBox = true
        continue
      }
      const circled = circledFieldsOf(text, block.start + part.start)
      if (circled !== undefined) {
        for (const field of circled) this.#addField(field, [], false)
        continue
      }
      const isDoubtful =
        sentence.isCut || (context.isDoubtful && index === 0) || (isBehindBox && isBare(text))
      if (lead !== undefined && this.#endsLead(lead, text)) lead = undefined
      const key = this.#readSentence(block, part, { ...context, isDoubtful }, lead)
      lead ??= key
    }
    return leadInOf(block, sentences.at(-1), context)
  }

  /** "Eyes: …" ends what "Constitutional: …" began. */
  #endsLead(lead: Span, text: string): boolean {
    if (!/^[A-Z][\w ,/&().'-]{1,50}:/.test(text)) return false
    const key = this.#sinks.text.slice(lead.start, lead.end)
    return isSystem(key) || !isGoverning(key)
  }

  /** Returns the key that governs the rest of the block: "Mother: diabetes. Stroke at 60." */
  #readSentence(
    block: TextBlock,
    span: Span,
    context: TextBlockContext,
    lead: Span | undefined,
  ): Span | undefined {
    const leads = lead === undefined ? [] : [lead]
    const pairs = pairsOf(block.text, span)
    const [first] = pairs
    if (first === undefined) {
      const text = block.text.slice(span.start, span.end)
      const answered = context.isDoubtful ? undefined : taggedAnswers(text)
      if (answered !== undefined) {
        const within = (one: Span): Span =>
          placed(block, { start: span.start + one.start, end: span.start + one.end })
        for (const { label, polarity, whole } of answered)
          this.#sinks.add({ kind: 'pair', ...within(label), polarity, quote: within(whole), leads })
        return undefined
      }
      const polarity = context.isDoubtful ? 'unknown' : this.#openPolarity(text, context)
      this.#sinks.add({ kind: context.kind, ...placed(block, span), polarity, leads })
      return undefined
    }
    if (first.polarity === undefined) {
      const key = readKey(block, span, first, context)
      this.#sinks.add({ ...key.piece, leads })
      return key.lead
    }
    for (const pair of pairs)
      for (const piece of piecesOfPair(block, pair, context.isDoubtful))
        this.#sinks.add({ ...piece, leads: [...leads, ...(piece.leads ?? [])] })
    return undefined
  }

  /** The polarity of a question or field without an answer. */
  #openPolarity(text: string, { isListNext }: TextBlockContext): LayoutPolarity | undefined {
    if (endsOpen.test(text) && isBare(text) && !isListNext) return 'unmarked'
    return text.endsWith('?') && asks.test(text) ? 'unmarked' : undefined
  }

  #readBoxes(block: TextBlock, whole: Span): void {
    const span = this.#valueBeforeBoxes(block, whole)
    const text = block.text.slice(span.start, span.end)
    let leads: readonly Span[] = []
    const fields = boxFieldsOf(boxPartsOf(text, block.start + span.start))
    const hasTick = fields.some((field) => field.kind === 'option' && field.mark === 'checked')
    for (const field of fields) {
      if (field.kind === 'lead') leads = [{ start: field.start, end: field.end }]
      else this.#addField(field, leads, hasTick)
    }
  }

  /** "CDAI: 17  [ ] low [x] moderate": the value stands after the name, before the boxes that interpret it. */
  #valueBeforeBoxes(block: TextBlock, span: Span): Span {
    const text = block.text.slice(span.start, span.end)
    const [said] =
      /^[A-Z][\w /()&'-]{1,40}[:=]\s{0,3}\d[\d./%]{0,12}(?=\s+[[(☐☑☒_])/.exec(text) ?? []
    if (said === undefined) return span
    const end = span.start + said.length
    this.#sinks.add({ kind: 'pair', ...placed(block, { start: span.start, end }) })
    return { ...span, start: end }
  }

  #addField(field: BoxField, leads: readonly Span[], hasTick: boolean): void {
    if (field.kind === 'lead') return
    const { text } = this.#sinks
    const piece = pieceOfField(text, field, leads, hasTick)
    const index = this.#sinks.add(piece)
    if (index === undefined || field.kind !== 'option' || piece.kind !== 'option') return
    this.#sinks.addOption(index, {
      text: text.slice(field.start, field.end),
      isTicked: field.mark !== 'empty',
      lead: leads.at(-1),
    })
  }
}

/** "Pain today? 2/10. PT? Two weeks so far.": the answer begins with a number. */
const countedAnswer =
  /^(?:\d|(?:about |around |almost |over )?(?:\d|one|two|three|four|five|six|seven|eight|nine|ten|twelve|once|twice|half|several)\b)[^?]{0,60}$/i
const asksShortly = /^(?:\S+\s+){0,5}\S+\?$/

/** "Fever? No." and "Fever? [ ] Yes" are one statement each. */
function joinedQuestions(block: TextBlock, sentences: readonly Sentence[]): readonly Sentence[] {
  const joined: Sentence[] = []
  for (const sentence of sentences) {
    const last = joined.at(-1)
    const text = block.text.slice(sentence.start, sentence.start + 80)
    const isAsked = last !== undefined && /[?:]$/.test(block.text.slice(last.end - 1, last.end))
    const isCounted = () =>
      last !== undefined &&
      countedAnswer.test(block.text.slice(sentence.start, sentence.end).slice(0, 80)) &&
      asksShortly.test(block.text.slice(Math.max(last.start, last.end - 80), last.end))
    if (
      last !== undefined &&
      isAsked &&
      (answerBefore(text) !== undefined || hasBoxes(text) || isCounted())
    )
      joined[joined.length - 1] = { ...last, end: sentence.end }
    else joined.push(sentence)
  }
  return joined
}
