import { isBare, polarityOf, settledPolarity } from '../answers.ts'
import type { LayoutPolarity } from '../note-document.ts'
import { isEmptyAnswer, isMark, type TextCell } from './cells.ts'
import { unreadRow } from './answer-rows.ts'
import { answeredFields, coverOf, type RowField, spanOf } from './row-field.ts'

/** The fields of a row that stands under no heading: pairs, a label with one answer, or text. */
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
