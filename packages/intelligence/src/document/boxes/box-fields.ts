import { answerAtEnd, answerAtStart, polarityOf } from '../answers.ts'
import type { LayoutPolarity, Span } from '../note-document.ts'
import type { BoxPart } from './box-parts.ts'
import { valueAmong, valueAtEnd, valueAtStart } from './option-values.ts'
import {
  type Box,
  type Text,
  type BoxField,
  isText,
  unread,
  piece,
  pieceOfText,
} from './box-field.ts'
import { segmentsOf, optionsOf, isAnsweredNext } from './box-options.ts'

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

const label = ({ start, end, text }: Text): Atom => ({ letter: 'L', span: { start, end }, text })
const spanOf = (atom: Atom): Span => (atom.letter === 'B' ? atom.box : atom.span)

function coverOf(atoms: readonly Atom[]): Span {
  const spans = atoms.map(spanOf)
  return { start: spans[0]?.start ?? 0, end: spans.at(-1)?.end ?? 0 }
}
