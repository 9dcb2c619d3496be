import { answerBefore, isBare, polarityOf, settledPolarity } from '../../answers.ts'
import type { Cell, LayoutPolarity, Span } from '../../note-document.ts'
import { isEmptyAnswer, isMark, type TextCell } from '../cells.ts'
import type { Column } from '../columns.ts'
import type { Header } from '../header.ts'
import type { PlacedCell } from '../placed-cells.ts'
import { answeredFields, coverOf, type RowField, spanOf } from './row-field.ts'

/** Columns whose answer applies to the whole row, unlike "Relief: no". */
const rowAnswerColumns =
  /^(?:done|tried|completed|present|y ?\/ ?n|yes ?\/ ?no|yes or no|performed|received|current)\??$/i
/** Result columns: an answer there is the result for the row's item. */
const resultColumns =
  /^(?:(?:test |lab |exam )?results?|findings?|reading|read|interpretation|values?|today.*|now|current(?: visit)?|this visit|level|state)$/i
/** Columns for the effect of a therapy: an answer there does not say whether it was given. */
const effectColumns =
  /^(?:relief|helped\??|help|effect.*|response|outcome|benefit|tolera\w+|side effects?|comments?|notes?|remarks?|reactions?|complications?|reason.*|improve\w*|better\??)$/i
const sideNames = /^(?:right|left|r|l|rt|lt|right side|left side|both|bilateral)$/i
const earlier = /\b(?:last|prior|prev\w*|before|baseline|initial|old|earlier|start)\b/i

/**
 * A row of therapies, results or medicines: its cells with their headings. An answer applies only to its own
 * column.
 */
export function valueFields(header: Header, placed: readonly PlacedCell[]): readonly RowField[] {
  const filled = placed.filter(({ cell }) => cell.text !== '')
  const titleOf = ({ column }: PlacedCell): Column['header'] | undefined =>
    column === undefined ? undefined : header.columns[column]?.header
  const cells = filled.map((one): Cell => {
    const title = titleOf(one)
    return {
      ...spanOf(one.cell),
      ...(title === undefined || title.text === '' ? {} : { header: spanOf(title) }),
      ...subheaderOf(header, one),
    }
  })
  const quote = coverOf(filled.map(({ cell }) => cell))
  const sided = sideFields(filled, titleOf, quote)
  if (sided !== undefined) return sided
  const [label, ...others] = filled
  if (label === undefined) return []
  const resultAt = (one: PlacedCell) => resultColumns.test(titleOf(one)?.text ?? '')
  const last = filled.findLastIndex((one) => isText(one) || (isAnswer(one) && resultAt(one)))
  const spoken = filled.slice(0, last + 1).map(({ cell }) => cell)
  if (spoken.length === 0) return []
  const isPair = header.columns.length === 2 && header.columns[1]?.header.text === ''
  const alone = others.length === 1 ? others[0] : undefined
  const isEffect = (one: PlacedCell) => effectColumns.test(titleOf(one)?.text ?? '')
  if (alone !== undefined && !isEffect(alone) && !resultAt(alone)) {
    const answered = answeredRow(label.cell, alone.cell, quote)
    if (answered !== undefined) return answered
  }
  const governing = filled.find((one) => rowAnswerColumns.test(titleOf(one)?.text ?? ''))
  const isMarked = filled.some(({ cell }) => isMark(cell.text))
  const isUnread =
    isMarked ||
    (header.kind === 'unread' &&
      !isPair &&
      spoken.every(({ text }) => isBare(text) && !/\d/.test(text)))
  let polarity: LayoutPolarity | undefined
  if (isUnread) polarity = 'unknown'
  else if (governing !== undefined) polarity = polarityOf(governing.cell.text)
  // Answers in unknown columns cannot be interpreted.
  else if (last === 0 && others.some((one) => isAnswer(one) && !isEffect(one))) polarity = 'unknown'
  return [
    {
      kind: isPair && polarity === undefined ? 'pair' : 'row',
      ...coverOf(spoken),
      ...(polarity === undefined ? {} : { polarity }),
      cells,
      quote,
      blanks:
        last === filled.length - 1 && resultAt(filled[last] ?? label) ? bordersOf(filled) : [],
    },
  ]
}

function subheaderOf({ under }: Header, { column }: PlacedCell): Pick<Cell, 'subheader'> {
  const said = column === undefined || column === 0 ? undefined : under?.[column]
  return said === undefined ? {} : { subheader: spanOf(said) }
}

/** A row that is only a name and its answer, in any columns: "Stroke | never". */
function answeredRow(
  label: TextCell,
  { end, text }: TextCell,
  quote: Span,
): readonly RowField[] | undefined {
  const whole = polarityOf(text)
  const answer = whole === undefined ? answerBefore(text) : { polarity: whole, length: text.length }
  if (answer === undefined) return undefined
  const rest = text.slice(answer.length).replace(/^[\s.,;:–—-]{0,20}/, '')
  const comments = rest === '' ? [] : [{ start: end - rest.length, end, text: rest }]
  return answeredFields(label, settledPolarity(label.text, answer.polarity), { comments, quote })
}

/**
 * Findings of right and left, or of today and last time, if one of them is an answer: each cell is read
 * separately under its column name.
 */
function sideFields(
  filled: readonly PlacedCell[],
  titleOf: (cell: PlacedCell) => Column['header'] | undefined,
  quote: Span,
): readonly RowField[] | undefined {
  const [label, ...values] = filled
  if (label === undefined || values.length < 1 || label.column !== 0) return undefined
  const titles = values.map((one) => titleOf(one))
  const areSides = titles.every((title) => title !== undefined && sideNames.test(title.text))
  const areTimes = titles.every(
    (title) => title !== undefined && (resultColumns.test(title.text) || earlier.test(title.text)),
  )
  const hasAnswer = values.some(({ cell }) => polarityOf(cell.text) !== undefined)
  if (
    !(areSides && (hasAnswer || values.some(({ cell }) => !/^[\d<>]/.test(cell.text)))) &&
    !(areTimes && hasAnswer && values.length > 1)
  )
    return undefined
  return values.map((one, index): RowField => {
    const title = titleOf(one)
    const polarity = polarityOf(one.cell.text)
    const isOld = title !== undefined && !areSides && earlier.test(title.text)
    const leads = title === undefined || !areSides ? [] : [spanOf(title)]
    const cell: Cell = {
      ...spanOf(one.cell),
      ...(title === undefined ? {} : { header: spanOf(title) }),
    }
    const name: Cell = spanOf(label.cell)
    if (index > 0)
      return {
        kind: 'row',
        ...spanOf(one.cell),
        ...(isOld ? { polarity: 'unknown' as const } : polarity === undefined ? {} : { polarity }),
        leads: [...leads, spanOf(label.cell)],
        quote,
      }
    return {
      kind: 'row',
      ...(polarity === undefined ? coverOf([label.cell, one.cell]) : spanOf(label.cell)),
      ...(isOld ? { polarity: 'unknown' as const } : polarity === undefined ? {} : { polarity }),
      leads,
      ...(polarity === undefined ? { cells: [name, cell] } : {}),
      quote: coverOf([label.cell, one.cell]),
      blanks: bordersOf([label, one]),
    }
  })
}

/** The text between two cells. */
function bordersOf(cells: readonly PlacedCell[]): readonly Span[] {
  return cells.slice(1).map(({ cell }, index) => ({
    start: cells[index]?.cell.end ?? cell.start,
    end: cell.start,
  }))
}

const isAnswer = ({ cell: { text } }: PlacedCell): boolean => polarityOf(text) !== undefined
const isText = (one: PlacedCell): boolean =>
  !isAnswer(one) && !isEmptyAnswer(one.cell.text) && !isMark(one.cell.text)
