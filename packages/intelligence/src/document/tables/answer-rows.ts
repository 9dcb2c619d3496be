import { polarityOf, settledPolarity } from '../answers.ts'
import { isSystem } from '../headings/section-names.ts'
import type { LayoutPolarity, Span } from '../note-document.ts'
import { isEmptyAnswer, isMark, type TextCell } from './cells.ts'
import { type Column, groupsOf, isAnswering } from './columns.ts'
import {
  answeredFields,
  commentField,
  coverOf,
  polarityInColumn,
  type RowField,
  spanOf,
} from './row-field.ts'

/** A cell at its column; `undefined` where two columns are as near. */
export interface PlacedCell {
  readonly cell: TextCell
  readonly column: number | undefined
}

/** The fields of a row under columns of answers. */
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

/** A row whose columns are not known: its texts assert nothing. */
export function unreadRow(cells: readonly TextCell[]): readonly RowField[] {
  const texts = cells.filter(({ text }) => /[\p{L}\p{N}]/u.test(text) && !isMark(text))
  const named = texts.filter(({ text }) => polarityOf(text) === undefined)
  if (named.length === 0) return []
  const span = coverOf(named)
  return [{ kind: 'row', ...span, polarity: 'unknown', quote: coverOf(cells) }]
}

function groupRow(cells: readonly PlacedCell[], columns: readonly Column[]): readonly RowField[] {
  const roleAt = (at: number | undefined) => (at === undefined ? undefined : columns[at]?.role)
  const isAnswerAt = (at: number | undefined) => {
    const column = at === undefined ? undefined : columns[at]
    return column !== undefined && isAnswering(column)
  }
  const label = cells.find(
    ({ column, cell }) =>
      !isAnswerAt(column) && roleAt(column) !== 'comment' && /[\p{L}\p{N}]/u.test(cell.text),
  )
  if (label === undefined) {
    return cells.length === 0 ? [] : unreadRow(cells.map(({ cell }) => cell))
  }
  // A mark in the place of a label or a comment belongs to a column that is not known.
  if (cells.some(({ column, cell }) => !isAnswerAt(column) && isMark(cell.text)))
    return unreadRow(cells.map(({ cell }) => cell))
  const answers = cells.filter(({ column }) => isAnswerAt(column))
  const comments = cells
    .filter((one) => !isAnswerAt(one.column) && one !== label)
    .map(({ cell }) => cell)
  const quote = coverOf(cells.map(({ cell }) => cell))
  const said = new Set<LayoutPolarity>()
  const prose: { readonly cell: TextCell; readonly polarity: LayoutPolarity }[] = []
  for (const { cell, column } of answers) {
    const role = roleAt(column)
    if (isEmptyAnswer(cell.text)) continue
    const own = cell.text === '+' || !isMark(cell.text) ? polarityOf(cell.text) : undefined
    if (role === 'answer') {
      if (own !== undefined) said.add(own)
      else if (/^[✓✔√]$/.test(cell.text)) said.add('yes')
      else if (isMark(cell.text)) said.add('unknown')
      else comments.push(cell)
    } else if (role === 'yes' || role === 'no' || role === 'unknown') {
      if (isMark(cell.text) || own === role) said.add(role)
      else if (own !== undefined) said.add('unknown')
      else prose.push({ cell, polarity: role })
    }
  }
  if (prose.length > 0 && said.size === 0)
    return proseFields(label.cell, prose, { comments, quote })
  const [only] = said
  const polarity = said.size === 0 ? 'unmarked' : said.size === 1 ? only : 'unknown'
  return answeredFields(label.cell, settled(label.cell.text, polarity), {
    comments: [...comments, ...prose.map(({ cell }) => cell)],
    quote,
  })
}

const settled = (text: string, polarity: LayoutPolarity | undefined): LayoutPolarity | undefined =>
  polarity === undefined ? undefined : settledPolarity(text, polarity)

/** Text under "Positive" or "Negative": of a group's own items, or of the label that it explains. */
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
