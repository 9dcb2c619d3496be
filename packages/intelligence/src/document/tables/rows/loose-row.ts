import { answerBefore, isBare, polarityOf, settledPolarity } from '../../answers.ts'
import type { Line } from '../../lines.ts'
import type { LayoutPolarity, Span } from '../../note-document.ts'
import { delimiterOf, isEmptyAnswer, isMark, type TextCell } from '../cells.ts'
import { isTableRule, maxColumns, rowCells } from '../table-lines.ts'
import { unreadRow } from './answer-rows.ts'
import { answeredFields, coverOf, type RowField, spanOf } from './row-field.ts'

/** The fields of a row without a header: pairs, a label with one answer, or text. */
export function looseRow(cells: readonly TextCell[]): readonly RowField[] {
  const filled = cells.filter(({ text }) => text !== '')
  const kinds = cells.map(({ text }) =>
    polarityOf(text) === undefined ? (isMark(text) ? 'M' : isEmptyAnswer(text) ? 'E' : 'T') : 'A',
  )
  const letters = kinds.join('')
  if (letters.includes('M')) return unreadRow(filled)
  if (letters.length <= 60 && /A/.test(letters)) {
    if (/^(?:T[AE])+$/.test(letters)) return pairs(cells, 0)
    if (/^(?:AT)+$/.test(letters)) return pairs(cells, 1)
    const [label] = filled
    const answers = filled.filter(({ text }) => polarityOf(text) !== undefined)
    const [answer] = answers
    if (label === undefined || answer === undefined || answers.length > 1 || label === answer)
      return unreadRow(filled)
    const polarity = polarityOf(answer.text)
    return answeredFields(
      label,
      polarity === undefined ? 'unknown' : settledPolarity(label.text, polarity),
      {
        comments: filled.filter((cell) => cell !== label && cell !== answer),
        quote: coverOf(filled),
      },
    )
  }
  const texts = filled.filter(({ text }) => /[\p{L}\p{N}]/u.test(text))
  if (texts.length === 0) return []
  const isUnclear = texts.every(
    ({ text }) => isBare(text) && !/\d/.test(text) && text.split(' ', 6).length < 6,
  )
  return [
    {
      kind: 'row',
      ...coverOf(texts),
      ...(isUnclear ? { polarity: 'unknown' as const } : {}),
      cells: texts.map(spanOf),
      quote: coverOf(filled),
    },
  ]
}

function pairs(cells: readonly TextCell[], labelAt: 0 | 1): readonly RowField[] {
  const fields: RowField[] = []
  for (let index = 0; index + 1 < cells.length; index += 2) {
    const label = cells[index + labelAt]
    const answer = cells[index + 1 - labelAt]
    if (label === undefined || answer === undefined) continue
    const polarity: LayoutPolarity = polarityOf(answer.text) ?? 'unmarked'
    fields.push(
      ...answeredFields(label, settledPolarity(label.text, polarity), {
        comments: [],
        quote: coverOf([label, answer]),
      }),
    )
  }
  return fields
}

const maxLabelLength = 80

/** Dot leaders from a name to its value on one line: "AHI ........ 9.7 /h". */
const leader = /\s{0,3}(?:\.{4,}|(?:\. ){3,}\.?|…{2,})\s{0,20}/
const maxLedLength = 300
/** An open question: "What have you taken?" */
const asksOpenly = /^(?:what|when|where|which|who|why|how)\b/i

/** The fields of a line with dot leaders from the name to its answer. */
export function readLedRow(line: Line): readonly RowField[] | undefined {
  if (line.text.length > maxLedLength) return undefined
  const dots = leader.exec(line.text)
  if (dots === null || dots.index < 2) return undefined
  const name = line.text.slice(0, dots.index)
  const said = line.text.slice(dots.index + dots[0].length)
  if (said === '' || leader.test(said)) return undefined
  const label = { start: line.start, end: line.start + name.length, text: name }
  const value = { start: line.end - said.length, end: line.end, text: said }
  const whole = polarityOf(said)
  const answer = whole === undefined ? answerBefore(said) : { polarity: whole, length: said.length }
  const quote = { start: line.start, end: line.end }
  if (answer === undefined || asksOpenly.test(name)) return [valuedField(label, value, quote)]
  const rest = said.slice(answer.length).replace(/^[\s.,;:–—-]{0,20}/, '')
  const comments = rest === '' ? [] : [{ start: line.end - rest.length, end: line.end, text: rest }]
  return answeredFields(label, settledPolarity(name, answer.polarity), { comments, quote })
}

/** A name with text or numbers as its value: the wording decides. */
function valuedField(label: TextCell, value: TextCell, quote: Span): RowField {
  const end = label.end - (/[\s?:]{0,4}$/.exec(label.text)?.[0].length ?? 0)
  return {
    kind: 'pair',
    start: label.start,
    end: value.end,
    quote,
    blanks: [{ start: end, end: value.start, sign: ':' }],
  }
}

/** The fields of a line without a header, if its cells are unambiguous. */
export function readLooseRow(line: Line, source: string): readonly RowField[] | undefined {
  const led = readLedRow(line)
  if (led !== undefined) return led
  const delimiter = delimiterOf(line.text)
  if (delimiter === undefined || isTableRule(line.text)) return undefined
  const cells = rowCells(line, delimiter, source)
  if (cells.length < 2 || cells.length > maxColumns) return undefined
  if (delimiter === 'pipe') {
    // "Fever: No | Cough: Yes" are pairs, which the sentence grammar reads.
    return cells.some(({ text }) => /[:?]\s/.test(text)) ? undefined : looseRow(cells)
  }
  const isAnswered = cells.slice(1).some(({ text }) => polarityOf(text) !== undefined)
  const isLed = cells.length === 2 && polarityOf(cells[0]?.text ?? '') !== undefined
  const isMarked = cells.some(({ text }) => /^[xX✓✔✗✘]$/.test(text))
  const isShort = cells.every(
    ({ text }) =>
      text.length <= maxLabelLength && (polarityOf(text) !== undefined || !/[.!?:]$/.test(text)),
  )
  return isShort && (isAnswered || isLed || isMarked) ? looseRow(cells) : undefined
}
