import type { Cell, NoteDocument, Span, Unit } from '../../document/note-document.ts'
import { textOf } from '../../document/note-document.ts'
import type { Concept } from '../../lexicon/concept.ts'
import type { Days } from '../fact.ts'
import { oneDay } from '../values/calendar.ts'
import { dateAt } from '../values/dates.ts'
import { numberAt } from '../values/numbers.ts'
import type { TimeExpression } from '../values/time-expression.ts'
import { timesIn } from '../values/times.ts'
import { tokensOf } from '../values/tokens.ts'
import { unitAt } from '../values/written-units.ts'
import { doseAt } from './doses.ts'
import type { Value } from './value-at.ts'
import { valuesOf } from './measurements.ts'

/** Columns without values of the patient. */
const otherColumn =
  /\b(?:ref(?:erence)?|range|normal|norms?|goals?|[ls]tgs?|expected|anticipated|pred(?:icted)?|target|limits?|flag|units?|birth|dob|ordered by|provider|next|follow|due|prescribed|ordered|planned|authorized|approved|requested|interpretation)\b/i
const earlierColumn =
  /\b(?:prior|prev(?:ious)?|baseline|initial|pre|before|intake|eval(?:uation)?)\b/i

function headerOf(document: NoteDocument, { header }: Cell): string {
  return header === undefined ? '' : textOf(document, header)
}

/** Whether a column contains references, goals and similar, and nothing about the patient. */
export function isOtherColumn(document: NoteDocument, cell: Cell): boolean {
  return otherColumn.test(headerOf(document, cell))
}

const roomAir = /^(?:ra|r\/a|room air)\b/i
const oxygenFlow = /\b\d{1,2}(?:\.\d)? ?(?:l|lpm|l\/min|liters?|litres?)\b/i

/** What was breathed, from a column heading: "RA", "2 L NC". */
export function breathedUnder(heading: string): 'room-air' | 'on-oxygen' | undefined {
  const text = heading.trim()
  if (roomAir.test(text)) return 'room-air'
  return oxygenFlow.test(text) ? 'on-oxygen' : undefined
}

export function isBreathingColumn(document: NoteDocument, cell: Cell): boolean {
  return breathedUnder(headerOf(document, cell)) !== undefined
}

/**
 * The times of a row's therapy from all of its cells: two dates are its beginning and end, "8" under "Weeks" is
 * a length. Columns with orders and plans are ignored.
 */
export function timesOfRow(
  document: NoteDocument,
  { cells = [] }: Unit,
  noteDay: string | undefined,
): readonly TimeExpression[] {
  const hasRelief = cells.some((cell) => reliefColumn.test(headerOf(document, cell)))
  const found = cells.flatMap((cell): readonly TimeExpression[] => {
    const header = headerOf(document, cell)
    if (otherColumn.test(header)) return []
    // If the table has a relief column, a length is the length of the relief.
    if (hasRelief && (reliefColumn.test(header) || lengthColumn.test(header))) return []
    const tokens = tokensOf(textOf(document, cell), cell.start)
    const times = timesOfCell(tokens, header, noteDay)
    // "8" under "Weeks": the heading supplies the word missing in the cell.
    const counted = /\b(?:weeks?|wks?|months?|days?|visits?|sessions?)\b/i.exec(header)?.[0]
    if (times.length > 0 || counted === undefined || tokens.length > 3) return times
    const place = { first: 0, next: tokens.length, start: cell.start, end: cell.end }
    const completed = timesIn(tokensOf(`${textOf(document, cell)} ${counted}`), noteDay)
    return completed.slice(0, 1).map((one) => ({ ...one, ...place }))
  })
  const days = found.filter((one) => one.kind === 'day')
  const [start, end] = days
  const others = found.filter((one) => one.kind !== 'day')
  if (
    days.length !== 2 ||
    start?.kind !== 'day' ||
    end?.kind !== 'day' ||
    start.days.first > end.days.last
  )
    return found
  return [...others, { ...start, role: 'start' }, { ...end, role: 'end' }]
}

const reliefColumn = /\b(?:relief|improve(?:d|ment)?|benefit|% better)\b/i
const lengthColumn = /\b(?:duration|how long|lasted|length)\b/i

/** The relief in a treatment's row: "80 %" under "% relief", "5 mo" there or under "Duration". */
export function reliefOfRow(
  document: NoteDocument,
  { cells = [] }: Unit,
  noteDay: string,
): { readonly percent?: number; readonly days?: number; readonly spans: readonly Span[] } {
  const relief = cells.find((cell) => reliefColumn.test(headerOf(document, cell)))
  if (relief === undefined) return { spans: [] }
  const text = textOf(document, relief).trim()
  const isShare = text.includes('%') || /%|percent/i.test(headerOf(document, relief))
  const said = isShare
    ? /^(?:[>≥~]|about |approx\.? )?\s?(\d{1,3})(?!\d|\/)/.exec(text)?.[1]
    : undefined
  const percent = said === undefined || Number(said) > 100 ? undefined : Number(said)
  const lengths = [relief, ...cells.filter((cell) => lengthColumn.test(headerOf(document, cell)))]
  const found = lengths.flatMap((cell) =>
    timesIn(tokensOf(textOf(document, cell), cell.start), noteDay).flatMap((one) =>
      one.kind === 'duration' ? [{ days: one.days, cell }] : [],
    ),
  )
  const [length] = found
  return {
    ...(percent === undefined ? {} : { percent }),
    ...(length === undefined ? {} : { days: length.days }),
    spans: [
      ...(percent === undefined ? [] : [{ start: relief.start, end: relief.end }]),
      ...(length === undefined ? [] : [{ start: length.cell.start, end: length.cell.end }]),
    ],
  }
}

const beginColumn = /\b(?:start(?:ed)?|began|begun|begin|from|onset|since|initiated)\b/i
const endColumn = /\b(?:stop(?:ped)?|end(?:ed)?|to|until|through|finish(?:ed)?|completed|last)\b/i
const ongoing = /^(?:ongoing|present|current(?:ly)?|now|continuing|continues|still|today)\b/i

/** In a column for beginnings or ends, a date is that beginning or end, and "ongoing" is the day of the note. */
function timesOfCell(
  tokens: ReturnType<typeof tokensOf>,
  header: string,
  noteDay: string | undefined,
): readonly TimeExpression[] {
  const role = beginColumn.test(header)
    ? ('start' as const)
    : endColumn.test(header)
      ? ('end' as const)
      : undefined
  const [first] = tokens
  const last = tokens.at(-1)
  if (
    role === 'end' &&
    noteDay !== undefined &&
    first !== undefined &&
    last !== undefined &&
    ongoing.test(first.text)
  )
    return [
      {
        kind: 'day',
        days: oneDay(noteDay),
        role,
        first: 0,
        next: tokens.length,
        start: first.start,
        end: last.end,
      },
    ]
  const isDate = (index: number) =>
    role !== undefined ||
    (index === 0 && (/\bdates?\b|\byear\b/i.test(header) || isLoneYear(tokens)))
  return timesIn(tokens, noteDay, isDate).map((one) =>
    one.kind === 'day' && role !== undefined ? { ...one, role } : one,
  )
}

/** "Sleep study | 2019" */
function isLoneYear(tokens: ReturnType<typeof tokensOf>): boolean {
  return tokens.length === 1 && /^(?:19[5-9]\d|20[0-4]\d)$/.test(tokens[0]?.text ?? '')
}

/** The dose in another cell of a drug's row: "12.5 mg / wk" under "top dose". */
export function doseOfRow(
  document: NoteDocument,
  { cells = [] }: Unit,
  mention: Span,
): Span | undefined {
  for (const cell of cells) {
    const isOwn = cell.start <= mention.start && mention.end <= cell.end
    if (isOwn || /\b(?:goal|target|planned|new|next)\b/i.test(headerOf(document, cell))) continue
    const tokens = tokensOf(textOf(document, cell), cell.start)
    for (let at = 0; at < tokens.length; at += 1) {
      const dose = doseAt(tokens, at)
      if (dose !== undefined) return dose
    }
  }
  return undefined
}

/**
 * Values of a measure in the cells to the right of its name. A date in the column heading is their day; "Prior"
 * marks the older value.
 */
export function valuesOfRow(
  document: NoteDocument,
  { cells = [] }: Unit,
  mention: Span,
  concept: Concept,
  noteDay: string | undefined,
): readonly Value[] {
  const own = cells.findIndex((cell) => cell.start <= mention.start && mention.end <= cell.end)
  const home = cells[own]
  if (home === undefined) return []
  const tokens = tokensOf(textOf(document, home), home.start)
  const inside = valuesOf(mention, concept, {
    tokens,
    text: textOf(document, home),
    times: timesIn(tokens, noteDay),
    limit: tokens.length,
  })
  if (inside.length > 0) return inside
  const found: Value[] = []
  let day: Days | undefined
  let unit: string | undefined
  for (const cell of cells.slice(own + 1)) {
    const header = headerOf(document, cell)
    const parts = tokensOf(textOf(document, cell), cell.start)
    const date = dateAt(parts, 0, noteDay, /\bdate\b/i.test(header))
    if (date !== undefined && date.next === parts.length) {
      day ??= date.days
      continue
    }
    if (numberAt(parts, 0) === undefined) unit ??= unitAt(parts, 0, concept.unitWords)?.ucum
    const isFurther = found.length > 0 && header === ''
    if (otherColumn.test(header) || isFurther) continue
    const value = cellValue(parts, textOf(document, cell), cell, concept, noteDay)
    if (value === undefined) continue
    const headed = dateAt(tokensOf(header), 0, noteDay, true)
    found.push({
      ...value,
      ...(headed === undefined ? {} : { day: headed.days }),
      ...(earlierColumn.test(header) ? { isEarlier: true as const } : {}),
    })
  }
  return found.map((one) => ({
    ...(day === undefined ? {} : { day }),
    ...(unit === undefined ? {} : { unit }),
    ...one,
  }))
}

/** The value of a cell that contains no other measure. */
export function cellValue(
  parts: ReturnType<typeof tokensOf>,
  text: string,
  cell: Cell,
  concept: Concept,
  noteDay: string | undefined,
): Value | undefined {
  const place = { start: cell.start, end: cell.start }
  const times = timesIn(parts, noteDay)
  return valuesOf(place, concept, { tokens: parts, text, times, limit: parts.length })[0]
}
