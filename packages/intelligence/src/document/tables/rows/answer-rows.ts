import { answerBefore, polarityOf, settledPolarity } from '../../answers.ts'
import { isSystem } from '../../headings/section-names.ts'
import type { LayoutPolarity, Span } from '../../note-document.ts'
import { isEmptyAnswer, isMark, type TextCell } from '../cells.ts'
import { type Column, groupsOf, isAnswering } from '../columns.ts'
import type { PlacedCell } from '../placed-cells.ts'
import {
  answeredFields,
  commentField,
  coverOf,
  polarityInColumn,
  type RowField,
  spanOf,
} from './row-field.ts'

/** The fields of a row with answer columns. */
export function answerRow(
  cells: readonly PlacedCell[],
  columns: readonly Column[],
): readonly RowField[] {
  const filled = cells.filter(({ cell }) => cell.text !== '')
  const isUnplaced = filled.some(({ column }) => column === undefined)
  if (isUnplaced) return unreadRow(filled.map(({ cell }) => cell))
  return groupsOf(columns).flatMap((group) =>
    groupRow(
      filled.filter(({ column }) => column !== undefined && group.includes(column)),
      columns,
    ),
  )
}

/** A row with unknown columns: its text asserts nothing. */
export function unreadRow(cells: readonly TextCell[]): readonly RowField[] {
  const texts = cells.filter(({ text }) => /[\p{L}\p{N}]/u.test(text) && !isMark(text))
  const named = texts.filter(({ text }) => polarityOf(text) === undefined)
  if (named.length === 0) return []
  const span = coverOf(named)
  return [{ kind: 'row', ...span, polarity: 'unknown', quote: coverOf(cells) }]
}

function groupRow(cells: readonly PlacedCell[], columns: readonly Column[]): readonly RowField[] {
  const columnAt = ({ column }: PlacedCell) => (column === undefined ? undefined : columns[column])
  const isAnswerAt = (one: PlacedCell) => {
    const column = columnAt(one)
    return column !== undefined && isAnswering(column)
  }
  const { label, leads } = labelOf(
    cells.filter((one) => !isAnswerAt(one)),
    columnAt,
  )
  if (label === undefined) {
    return cells.length === 0 ? [] : unreadRow(cells.map(({ cell }) => cell))
  }
  // A mark in a label or comment column belongs to an unknown column.
  if (cells.some((one) => !isAnswerAt(one) && isMark(one.cell.text)))
    return unreadRow(cells.map(({ cell }) => cell))
  const comments = cells
    .filter((one) => !isAnswerAt(one) && one !== label && !leads.includes(one))
    .map(({ cell }) => cell)
  const quote = coverOf(cells.map(({ cell }) => cell))
  const answers = cells.filter((one) => isAnswerAt(one) && !isEmptyAnswer(one.cell.text))
  const roles = new Set(columns.map(({ role }) => role))
  const hasOpposite = roles.has('yes') && roles.has('no')
  const said = new Set<LayoutPolarity>()
  const prose: ProseCell[] = []
  const answered = new Set(
    answers
      .filter(({ cell }) => isMark(cell.text) || polarityOf(cell.text) !== undefined)
      .map(({ column }) => column),
  )
  for (const one of answers) {
    const { cell } = one
    const column = columnAt(one)
    const role = column?.role
    const own = cell.text === '+' || !isMark(cell.text) ? polarityOf(cell.text) : undefined
    const isFree = role === 'answer' || !hasOpposite
    const answer = answerBefore(cell.text)
    if (own !== undefined) said.add(own === role || isFree ? own : 'unknown')
    else if (isMark(cell.text)) {
      if (role === 'answer') said.add(/^[✓✔√]$/.test(cell.text) ? 'yes' : 'unknown')
      else if (role === 'yes' || role === 'no' || role === 'unknown') said.add(role)
    } else if (isFree && answered.has(one.column)) comments.push(cell)
    else if (isFree && answer !== undefined) {
      said.add(answer.polarity)
      const rest = restOf(cell, answer.length)
      if (rest.text !== '') comments.push(rest)
    } else if (role === 'yes' || role === 'no' || role === 'unknown')
      prose.push({ cell, polarity: role })
    else if (column?.isStrict === true) {
      said.add('unknown')
      comments.push(cell)
    } else prose.push({ cell, polarity: undefined })
  }
  const governed = (fields: readonly RowField[]) =>
    leads.length === 0
      ? fields
      : fields.map((field) => ({
          ...field,
          leads: [...leads.map(({ cell }) => spanOf(cell)), ...(field.leads ?? [])],
        }))
  const [free] = prose.filter(({ polarity }) => polarity === undefined)
  if (free !== undefined) return governed(pairFields(label.cell, free.cell, { comments, quote }))
  const placed = prose.flatMap(({ cell, polarity }) =>
    polarity === undefined ? [] : [{ cell, polarity }],
  )
  if (placed.length > 0 && said.size === 0)
    return governed(proseFields(label.cell, placed, { comments, quote }))
  const [only] = said
  const polarity = said.size === 0 ? 'unmarked' : said.size === 1 ? only : 'unknown'
  return governed(
    answeredFields(label.cell, settled(label.cell.text, polarity), {
      comments: [...comments, ...prose.map(({ cell }) => cell)],
      quote,
    }),
  )
}

interface ProseCell {
  readonly cell: TextCell
  readonly polarity: LayoutPolarity | undefined
}

/** The question, and the names of its groups before it: "Neuro | headache". */
function labelOf(
  cells: readonly PlacedCell[],
  columnAt: (cell: PlacedCell) => Column | undefined,
): { readonly label: PlacedCell | undefined; readonly leads: readonly PlacedCell[] } {
  const named = cells.filter(
    (one) => columnAt(one)?.role !== 'comment' && /[\p{L}\p{N}]/u.test(one.cell.text),
  )
  const label =
    named.find((one) => columnAt(one)?.isGroup !== true && !isSystem(one.cell.text)) ?? named[0]
  const at = label === undefined ? 0 : named.indexOf(label)
  return { label, leads: named.slice(0, at).filter(({ cell }) => /\p{L}/u.test(cell.text)) }
}

/** A key with text as its answer: the wording decides. */
function pairFields(
  label: TextCell,
  text: TextCell,
  { comments, quote }: { readonly comments: readonly TextCell[]; readonly quote: Span },
): readonly RowField[] {
  return [
    {
      kind: 'pair',
      ...coverOf([label, text]),
      cells: [spanOf(label), spanOf(text)],
      quote,
      blanks: text.start > label.end ? [{ start: label.end, end: text.start, sign: ':' }] : [],
    },
    ...comments.map((comment) => commentField(comment, spanOf(label))),
  ]
}

/** The text after an answer in its cell. */
function restOf({ end, text }: TextCell, length: number): TextCell {
  const rest = text.slice(length).replace(/^[\s.,;:–—-]{0,20}/, '')
  return { start: end - rest.length, end, text: rest }
}

const settled = (text: string, polarity: LayoutPolarity | undefined): LayoutPolarity | undefined =>
  polarity === undefined ? undefined : settledPolarity(text, polarity)

/** Text under "Positive" or "Negative": items of a group, or an explanation of the label. */
function proseFields(
  label: TextCell,
  prose: readonly { readonly cell: TextCell; readonly polarity: LayoutPolarity }[],
  { comments, quote }: { readonly comments: readonly TextCell[]; readonly quote: Span },
): readonly RowField[] {
  const [first, ...others] = prose
  if (first !== undefined && others.length === 0 && !isSystem(label.text)) {
    const polarity = polarityInColumn(first.cell.text, first.polarity)
    if (first.polarity === 'yes')
      return answeredFields(label, settled(label.text, 'yes'), {
        comments: [first.cell, ...comments],
        quote,
      })
    const said = polarity === undefined ? {} : { polarity }
    return [
      {
        kind: 'row',
        ...spanOf(label),
        polarity: settled(label.text, first.polarity) ?? 'unknown',
        quote,
      },
      { kind: 'row', ...spanOf(first.cell), ...said, leads: [spanOf(label)], quote },
      ...comments.map((comment) => commentField(comment, spanOf(label))),
    ]
  }
  return [
    ...prose.map(({ cell, polarity }): RowField => {
      const said = polarityInColumn(cell.text, polarity)
      return {
        kind: 'row',
        ...spanOf(cell),
        ...(said === undefined ? {} : { polarity: said }),
        leads: [spanOf(label)],
        quote,
      }
    }),
    ...comments.map((comment) => commentField(comment, spanOf(label))),
  ]
}
