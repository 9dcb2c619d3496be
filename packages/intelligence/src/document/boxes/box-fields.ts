import { answerAtEnd, answerAtStart, polarityOf } from '../answers.ts'
import type { LayoutPolarity, Span } from '../note-document.ts'
import type { BoxPart } from './box-parts.ts'
import { isMeasured, valueUnderOptions } from './measured-options.ts'
import { valueAmong, valueAtEnd, valueAtStart } from './option-values.ts'

type Box = Extract<BoxPart, { kind: 'box' }>
type Text = Extract<BoxPart, { kind: 'text' }>

/**
 * What a line with boxes contains. `answered`: a question with boxes for its answers; `option`: a box with its
 * own text; `lead`: text that governs the options after it; `unread`: text whose box cannot be determined.
 */
export type BoxField =
  | (Span & { readonly kind: 'answered'; readonly polarity: LayoutPolarity; readonly quote: Span })
  /** A name with the one value that is ticked; `blanks`: the boxes and the values that are not ticked. */
  | (Span & { readonly kind: 'valued'; readonly blanks: readonly Span[]; readonly quote: Span })
  | (Span & { readonly kind: 'option'; readonly mark: Box['mark']; readonly quote: Span })
  | (Span & { readonly kind: 'lead' })
  | (Span & { readonly kind: 'comment'; readonly quote: Span })
  | (Span & { readonly kind: 'unread'; readonly quote: Span })

/**
 * One letter for each part, so that the grammar of a line can be a regular expression: a box, an answer option,
 * a label.
 */
type Atom =
  | { readonly letter: 'B'; readonly box: Box }
  | { readonly letter: 'A'; readonly span: Span; readonly polarity: LayoutPolarity | 'value' }
  | { readonly letter: 'L'; readonly span: Span; readonly text: string }

/** The result of a test: "HBsAg [x] neg [ ] pos" means "HBsAg neg", and not a test that was not done. */
const isResult = /^(?:neg|pos)(?:ative|itive)?\b/i

/**
 * More parts than any form has on one line. Such a line is not read, because the patterns would need a deep
 * stack.
 */
const maxParts = 400

export function boxFieldsOf(parts: readonly BoxPart[]): readonly BoxField[] {
  if (parts.length > maxParts || !parts.some(({ kind }) => kind === 'box'))
    return parts.filter(isText).map(unread)
  return (
    answersBehindBoxes(parts) ?? answersBeforeBoxes(parts) ?? segmentsOf(parts).flatMap(optionsOf)
  )
}

/** `Fever [ ] Yes [x] No`, `[ ]Y [X]N Fever`. */
function answersBehindBoxes(parts: readonly BoxPart[]): readonly BoxField[] | undefined {
  const atoms: Atom[] = []
  let hasOpposite = false
  let hasValue = false
  for (const [index, part] of parts.entries()) {
    if (part.kind === 'box') atoms.push({ letter: 'B', box: part })
    else if (parts[index - 1]?.kind !== 'box') atoms.push(label(part))
    else {
      const answer = answerAtStart(part.text)
      const isWhole = polarityOf(part.text) !== undefined
      // "[x] No history of cancer" is a label: an answer followed by more text only counts if its opposite
      // stands beside it.
      const isAnswer: boolean =
        answer !== undefined && (isWhole || hasOpposite || isAnsweredNext(parts, index))
      const value: number = isAnswer
        ? 0
        : hasValue
          ? valueAmong(part.text)
          : valueAtStart(part.text)
      if (!isAnswer && value === 0) {
        atoms.push(label(part))
        hasOpposite = false
        hasValue = false
        continue
      }
      hasOpposite = isAnswer
      hasValue = value > 0
      const cut = isWhole && isAnswer ? part.text.length : isAnswer ? (answer?.length ?? 0) : value
      atoms.push({
        letter: 'A',
        span: piece(part, 0, cut),
        polarity:
          isAnswer && answer !== undefined && !isResult.test(part.text) ? answer.polarity : 'value',
      })
      const rest = isWhole && isAnswer ? '' : part.text.slice(cut)
      if (/[\p{L}\p{N}]/u.test(rest)) {
        atoms.push(label(pieceOfText(part, cut)))
        hasOpposite = false
        hasValue = false
      }
    }
  }
  return fieldsOf(mergedLabels(atoms), 'BA')
}

/** `Fever Yes [ ] No [X]`, `Yes [X] No [ ] Fever`. */
function answersBeforeBoxes(parts: readonly BoxPart[]): readonly BoxField[] | undefined {
  const atoms: Atom[] = []
  for (const [index, part] of parts.entries()) {
    if (part.kind === 'box') atoms.push({ letter: 'B', box: part })
    else if (parts[index + 1]?.kind !== 'box') atoms.push(label(part))
    else {
      const text = part.text.replace(/[:\s]{1,4}$/, '')
      const whole = polarityOf(text)
      const answer =
        whole === undefined ? answerAtEnd(text) : { polarity: whole, length: text.length }
      const length = answer?.length ?? valueAtEnd(text)
      if (length === 0) {
        atoms.push(label(part))
        continue
      }
      const cut = text.length - length
      if (cut > 0) atoms.push(label(pieceOfText(part, 0, cut)))
      atoms.push({
        letter: 'A',
        span: piece(part, cut, text.length),
        polarity: answer?.polarity ?? 'value',
      })
    }
  }
  return fieldsOf(mergedLabels(atoms), 'AB')
}

/**
 * The fields of a line of questions with answers, if its atoms form one: all labels stand before their answers,
 * or all after them.
 */
function fieldsOf(atoms: readonly Atom[], pair: 'BA' | 'AB'): readonly BoxField[] | undefined {
  const letters = atoms.map(({ letter }) => letter).join('')
  const isLeading = new RegExp(`^(?:L(?:${pair})+)+L?$`).test(letters)
  const isTrailing = !isLeading && new RegExp(`^(?:(?:${pair})+L)+$`).test(letters)
  if (!isLeading && !isTrailing) return undefined
  const fields: BoxField[] = []
  let from = 0
  while (from < atoms.length) {
    let to = from + (isLeading ? 1 : 0)
    while (to < atoms.length && atoms[to]?.letter !== 'L') to += 1
    if (isTrailing) to += 1
    const group = atoms.slice(from, to)
    const name = group.find((atom) => atom.letter === 'L')
    if (name !== undefined) {
      const quote = coverOf(group)
      const isComment = isLeading && group.length === 1
      if (isComment) fields.push({ kind: 'comment', ...name.span, quote })
      else {
        const field = chosenField(group, name.span, quote)
        if (field === undefined) return undefined
        fields.push(field)
      }
    }
    from = to
  }
  return fields
}

type Answer = Extract<Atom, { letter: 'A' }>

/** Undefined if a single word of degree stands alone, because that is not a choice. */
function chosenField(group: readonly Atom[], name: Span, quote: Span): BoxField | undefined {
  const answers = group.filter((atom): atom is Answer => atom.letter === 'A')
  const hasValue = answers.some(({ polarity }) => polarity === 'value')
  if (hasValue && answers.length < 2) return undefined
  const ticked = tickedOf(group)
  const [first] = ticked
  if (first === undefined) return { kind: 'answered', ...name, polarity: 'unmarked', quote }
  const said = first.polarity
  if (said !== 'value' && ticked.every(({ polarity }) => polarity === said))
    return { kind: 'answered', ...name, polarity: said, quote }
  if (ticked.length > 1) return { kind: 'answered', ...name, polarity: 'unknown', quote }
  const start = Math.min(name.start, first.span.start)
  const end = Math.max(name.end, first.span.end)
  const blanks = group
    .filter((atom) => atom !== first && atom.letter !== 'L')
    .map(spanOf)
    .filter((one) => one.start >= start && one.end <= end)
  return { kind: 'valued', start, end, blanks, quote }
}

function tickedOf(group: readonly Atom[]): readonly Answer[] {
  // Pairs are complete, so the answer of a box is on the same side of it as in its pair.
  const beside = pairStartsWithAnswer(group) ? -1 : 1
  return group.flatMap((atom, index) => {
    const answer = group[index + beside]
    const isTicked = atom.letter === 'B' && atom.box.mark !== 'empty'
    return isTicked && answer?.letter === 'A' ? [answer] : []
  })
}

const pairStartsWithAnswer = (group: readonly Atom[]): boolean =>
  group.find(({ letter }) => letter !== 'L')?.letter === 'A'

/** A text ending in a colon before a box begins a group of options. */
function segmentsOf(parts: readonly BoxPart[]): readonly (readonly BoxPart[])[] {
  const segments: BoxPart[][] = [[]]
  for (const [index, part] of parts.entries()) {
    if (index > 0 && isLead(part) && parts[index + 1]?.kind === 'box') segments.push([])
    segments.at(-1)?.push(part)
  }
  return segments
}

/** `[x] Fever [ ] Chills`, `Fever [x]  Chills [ ]`. */
function optionsOf(parts: readonly BoxPart[]): readonly BoxField[] {
  const joined = mergedTexts(parts)
  const [first, ...rest] = joined
  if (first === undefined) return []
  const letters = joined.map(({ kind }) => (kind === 'box' ? 'B' : 'L')).join('')
  const answered = /^L(?:BL)+$/.test(letters) ? answerAmongOptions(first, rest) : undefined
  if (answered !== undefined) return [answered]
  const isLed = /^L(?:BL)+$/.test(letters) && (isLead(first) || isNearerBehind(joined))
  const valued = isLed && isMeasured(first) ? valueUnderOptions(first, rest) : undefined
  if (valued !== undefined) return [valued]
  if (isLed)
    return [{ kind: 'lead', start: first.start, end: first.end }, ...pairedOptions(rest, 0)]
  if (/^(?:BL)+$/.test(letters)) return pairedOptions(joined, 0)
  if (/^(?:LB)+$/.test(letters)) return pairedOptions(joined, 1)
  return parts.filter(isText).map(unread)
}

/** "JAK inhibitor [x] no [ ] stopping [ ] concurrent": the ticked option is the answer. */
function answerAmongOptions(name: BoxPart, options: readonly BoxPart[]): BoxField | undefined {
  const ticked = options.flatMap((part, index) => {
    const text = options[index + 1]
    return part.kind === 'box' && part.mark !== 'empty' && text?.kind === 'text' ? [text] : []
  })
  const [only] = ticked
  const polarity = only === undefined ? undefined : polarityOf(only.text)
  if (only === undefined || ticked.length > 1 || (polarity !== 'no' && polarity !== 'yes'))
    return undefined
  const end = options.at(-1)?.end ?? name.end
  return {
    kind: 'answered',
    start: name.start,
    end: name.end,
    polarity,
    quote: { start: name.start, end },
  }
}

const isLead = (part: BoxPart): boolean => part.kind === 'text' && /[:?]$/.test(part.text)

function pairedOptions(parts: readonly BoxPart[], boxAt: 0 | 1): readonly BoxField[] {
  const fields: BoxField[] = []
  for (let index = 0; index + 1 < parts.length; index += 2) {
    const box = parts[index + boxAt]
    const text = parts[index + 1 - boxAt]
    if (box?.kind !== 'box' || text?.kind !== 'text') continue
    const quote = { start: Math.min(box.start, text.start), end: Math.max(box.end, text.end) }
    fields.push({ kind: 'option', start: text.start, end: text.end, mark: box.mark, quote })
  }
  return fields
}

/** Each box is closer to the text after it than to the text before it. */
function isNearerBehind(parts: readonly BoxPart[]): boolean {
  return parts.every((part, index) => {
    const before = parts[index - 1]
    const behind = parts[index + 1]
    if (part.kind !== 'box' || before === undefined || behind === undefined) return true
    return behind.start - part.end < part.start - before.end
  })
}

/** This text is one of two answers, and the next box has the other one. */
function isAnsweredNext(parts: readonly BoxPart[], index: number): boolean {
  const own = parts[index]
  const next = parts[index + 2]
  if (own?.kind !== 'text' || parts[index + 1]?.kind !== 'box' || next?.kind !== 'text')
    return false
  const other = answerAtStart(next.text)?.polarity
  return other !== undefined && other !== answerAtStart(own.text)?.polarity
}

function mergedTexts(parts: readonly BoxPart[]): readonly BoxPart[] {
  const merged: BoxPart[] = []
  for (const part of parts) {
    const last = merged.at(-1)
    if (part.kind === 'text' && last?.kind === 'text')
      merged[merged.length - 1] = { ...last, end: part.end }
    else merged.push(part)
  }
  return merged
}

function mergedLabels(atoms: readonly Atom[]): readonly Atom[] {
  const merged: Atom[] = []
  for (const atom of atoms) {
    const last = merged.at(-1)
    if (atom.letter === 'L' && last?.letter === 'L')
      merged[merged.length - 1] = { ...last, span: { start: last.span.start, end: atom.span.end } }
    else merged.push(atom)
  }
  return merged
}

const isText = (part: BoxPart): part is Text => part.kind === 'text'
const unread = ({ start, end }: Text): BoxField => ({
  kind: 'unread',
  start,
  end,
  quote: { start, end },
})
const piece = (part: Text, from: number, to: number): Span => ({
  start: part.start + from,
  end: part.start + to,
})

function pieceOfText(part: Text, from: number, to = part.text.length): Text {
  let start = from
  let end = to
  while (start < end && /[\s,;:/.)]/.test(part.text.charAt(start))) start += 1
  while (end > start && /[\s,;/]/.test(part.text.charAt(end - 1))) end -= 1
  return {
    kind: 'text',
    start: part.start + start,
    end: part.start + end,
    text: part.text.slice(start, end),
  }
}

const label = ({ start, end, text }: Text): Atom => ({ letter: 'L', span: { start, end }, text })
const spanOf = (atom: Atom): Span => (atom.letter === 'B' ? atom.box : atom.span)

function coverOf(atoms: readonly Atom[]): Span {
  const spans = atoms.map(spanOf)
  return { start: spans[0]?.start ?? 0, end: spans.at(-1)?.end ?? 0 }
}
