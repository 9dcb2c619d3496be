import { type Cell, type NoteDocument, type Span, textOf } from '../../document/note-document.ts'
import type { Concept } from '../../lexicon/concept.ts'
import type { LexiconView } from '../../lexicon/lexicon-view.ts'
import type { Mention } from '../../lexicon/mention.ts'
import type { Days, Side } from '../fact.ts'
import { dateAt } from '../values/dates.ts'
import { tokensOf } from '../values/tokens.ts'
import type { Value } from './value-at.ts'
import { breathedUnder, cellValue, isOtherColumn } from './table-row.ts'

/** A value in a column whose heading is its measure: "SpO2" above "86 %". */
export interface HeadedValue {
  readonly concept: Concept
  readonly value: Value
  /** The measuring conditions in the column heading: "RA", "2 L". */
  readonly under: readonly RowCondition[]
}

/** A measuring condition of all values of a row that is given by a column, not by a mention. */
export interface RowCondition extends Span {
  readonly conceptId: string
}

const oxygenColumn = /\b(?:o2|oxygen|fio2)\b/i
const noOxygen = /^(?:none|no|ra|r\/a|room air|air|0|off|-)\b/i

/** Values of the measures in a row's column headings, dated by the row's own date if there is one. */
export function headedValues(
  document: NoteDocument,
  cells: readonly Cell[],
  headers: ReadonlyMap<Cell, readonly Mention[]>,
  lexicon: LexiconView,
  noteDay: string,
): readonly HeadedValue[] {
  const day = dayOfRow(document, cells, noteDay)
  return cells.flatMap((cell) => {
    if (isOtherColumn(document, cell)) return []
    for (const { conceptId } of headers.get(cell) ?? []) {
      const concept = lexicon.get(conceptId)
      if (concept?.kind !== 'measure' && concept?.kind !== 'score') continue
      const text = textOf(document, cell)
      const value = cellValue(tokensOf(text, cell.start), text, cell, concept, noteDay)
      if (value === undefined) continue
      const under = columnConditions(document, cell)
      return [{ concept, value: day === undefined ? value : { ...value, day }, under }]
    }
    return []
  })
}

/**
 * "94" under "RA" or "2 L" in a row that names the patient's activity: a saturation, if the column says what was
 * breathed and no other measure is named.
 */
export function saturationsUnder(
  document: NoteDocument,
  cells: readonly Cell[],
  lexicon: LexiconView,
  noteDay: string,
): readonly HeadedValue[] {
  const concept = lexicon.get('oxygen-saturation')
  if (concept === undefined || activityConditions(document, cells).length === 0) return []
  const day = dayOfRow(document, cells, noteDay)
  return cells.flatMap((cell) => {
    const under = columnConditions(document, cell)
    if (under.length === 0) return []
    const text = textOf(document, cell)
    const value = cellValue(tokensOf(text, cell.start), text, cell, concept, noteDay)
    if (value === undefined || value.value < 50) return []
    return [{ concept, value: day === undefined ? value : { ...value, day }, under }]
  })
}

const activities: readonly (readonly [RegExp, string])[] = [
  [/^(?:at )?rest(?:ing)?\b|^(?:sitting|seated)\b/i, 'at-rest'],
  [
    /^(?:on |with |during |after )?(?:exert|exercis|walk|ambulat|activity|stairs|treadmill)/i,
    'on-exertion',
  ],
  [/^(?:during |at )?(?:sleep|asleep|night|overnight|nocturnal)/i, 'during-sleep'],
]

/** "Rest", "Walking" in the first cell of a row: the condition of its values. */
export function activityConditions(
  document: NoteDocument,
  cells: readonly Cell[],
): readonly RowCondition[] {
  const [first] = cells
  if (first === undefined) return []
  const text = textOf(document, first).trim()
  return activities.flatMap(([pattern, conceptId]) =>
    pattern.test(text) ? [{ conceptId, start: first.start, end: first.end }] : [],
  )
}

/** The first date in the cells. */
function dayOfRow(
  document: NoteDocument,
  cells: readonly Cell[],
  noteDay: string,
): Days | undefined {
  for (const cell of cells) {
    const header = cell.header === undefined ? '' : textOf(document, cell.header)
    const tokens = tokensOf(textOf(document, cell), cell.start)
    for (let at = 0; at < Math.min(tokens.length, 12); at += 1) {
      const date = dateAt(tokens, at, noteDay, /\bdates?\b/i.test(header))
      if (date !== undefined) return date.days
    }
  }
  return undefined
}

/** "Right", "L knee" in the first cell: the side of the row's values. */
export function sideOfRow(document: NoteDocument, [first]: readonly Cell[]): Side | undefined {
  const text = first === undefined ? '' : textOf(document, first).trim()
  const side = /^(right|rt|r|left|lt|l)\b(?!\.)(?: \w+)?$/i.exec(text)?.[1]
  return side === undefined ? undefined : /^l/i.test(side) ? 'left' : 'right'
}

/** "RA" or "2 L NC" in a column heading: what was breathed during the measurement. */
export function columnConditions(document: NoteDocument, cell: Cell): readonly RowCondition[] {
  return [cell.header, cell.subheader].flatMap((span) => {
    if (span === undefined) return []
    const conceptId = breathedUnder(textOf(document, span))
    return conceptId === undefined ? [] : [{ conceptId, start: span.start, end: span.end }]
  })
}

/** "none" under "O2 given" means room air, "2 L" oxygen. */
export function rowConditions(
  document: NoteDocument,
  cells: readonly Cell[],
): readonly RowCondition[] {
  return cells.flatMap((cell) => {
    const header = cell.header === undefined ? '' : textOf(document, cell.header)
    const text = textOf(document, cell).trim()
    const isOfOxygen = oxygenColumn.test(header) && !/\b(?:sat|sats|saturation)\b/i.test(header)
    if (!isOfOxygen || text === '') return []
    const span = { start: cell.start, end: cell.end }
    if (noOxygen.test(text)) return [{ conceptId: 'room-air', ...span }]
    return /\d\s*(?:l|lpm|liters?|litres?)\b/i.test(text)
      ? [{ conceptId: 'on-oxygen', ...span }]
      : []
  })
}
