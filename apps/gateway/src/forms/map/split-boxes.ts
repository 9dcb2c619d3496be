import { type PDFField, PDFTextField } from '@cantoo/pdf-lib'
import type { BoxPiece } from './box-piece.ts'
import { characterPieces } from './character-boxes.ts'
import type { TemplateField } from './form-template.ts'
import { tooltipOf } from './tooltip.ts'
import { type ValueKind, valueKindOf } from './value-kind.ts'
import type { WidgetPlace } from './widget-places.ts'

/** Boxes that are no further apart in height are in one row. */
const rowTolerance = 8
/** No box this narrow, in points, holds a whole date or phone number. */
const narrow = 40

export interface PiecedFields {
  readonly fields: readonly TemplateField[]
  /** Rows of boxes that the map gives one character each, and that cannot hold their value. */
  readonly faults: readonly string[]
}

interface Candidate {
  readonly field: TemplateField
  readonly place: WidgetPlace
  readonly limit: number | undefined
  readonly words: string
}

/**
 * Boxes of one row with one role are the pieces of its value, where no single one could hold it: month, day and year; area code, prefix
 * and line; one character a box. The same role elsewhere on the form is the whole value again.
 */
export function withPieces(
  fields: readonly TemplateField[],
  fieldOf: (name: string) => PDFField | undefined,
  places: ReadonlyMap<string, readonly WidgetPlace[]>,
): PiecedFields {
  const texts = fields.flatMap((field): readonly Candidate[] => {
    const target = fieldOf(field.name)
    const [place] = places.get(field.name) ?? []
    if (!(target instanceof PDFTextField) || place === undefined) return []
    const limit = target.getMaxLength() ?? field.maxLength
    return [{ field, place, limit, words: `${field.name} ${tooltipOf(target)}` }]
  })
  const { pieces, faults } = byCharacter(texts)
  const candidates = texts.filter(
    ({ field }) => field.piece === undefined && valueKindOf(field.role) !== undefined,
  )
  const byRole = Map.groupBy(candidates, ({ field, place }) =>
    JSON.stringify([field.role, place.page]),
  )
  for (const same of byRole.values()) {
    const rows = rowsOf(same)
    // One below the other: pieces too, if their names or limits say so.
    const isColumn = rows.every((row) => row.length === 1)
    for (const row of isColumn ? [rows.flat()] : rows) {
      const kind = valueKindOf(row[0]?.field.role ?? { kind: 'person' })
      if (kind === undefined) continue
      // Beside them may be a box for the whole.
      const short = row.filter((one) => isShort(one, kind))
      if (short.length < 2) continue
      const found =
        byWords(short, kind) ??
        byLimits(short, kind) ??
        (isColumn ? undefined : byWidth(short, kind))
      for (const [index, piece] of (found ?? []).entries())
        pieces.set(short[index]?.field.name ?? '', piece)
    }
  }
  const pieced = fields.map((field) => {
    const piece = pieces.get(field.name)
    return piece === undefined ? field : { ...field, piece }
  })
  return { fields: pieced, faults }
}

/** The rows of boxes whose role says that each takes one character. */
function byCharacter(texts: readonly Candidate[]): {
  readonly pieces: Map<string, BoxPiece>
  readonly faults: readonly string[]
} {
  const pieces = new Map<string, BoxPiece>()
  const faults: string[] = []
  const inCharacters = texts.filter(({ field }) => field.piece === 'character')
  const byRole = Map.groupBy(inCharacters, ({ field, place }) =>
    JSON.stringify([field.role, place.page]),
  )
  for (const row of [...byRole.values()].flatMap(rowsOf)) {
    const [first] = row
    if (first === undefined) continue
    const found = characterPieces(
      row.map(({ limit }) => limit),
      valueKindOf(first.field.role),
    )
    if (typeof found === 'string') faults.push(`field "${first.field.name}": ${found}`)
    else
      for (const [index, piece] of found.entries()) pieces.set(row[index]?.field.name ?? '', piece)
  }
  return { pieces, faults }
}

/** The lengths that a value without separators has. */
const lengthsFor: Readonly<Partial<Record<ValueKind, readonly number[]>>> = {
  date: [8, 6],
  phone: [10],
  zip: [9],
}
/** For a value whose length is not known. */
const maxPieceLength = 7

/** Whether a box cannot hold the whole value. */
function isShort({ limit }: Candidate, kind: ValueKind): boolean {
  if (limit === undefined) return true
  const whole = lengthsFor[kind]
  return whole === undefined ? limit <= maxPieceLength : limit < Math.min(...whole)
}

/** From left to right. */
function rowsOf(candidates: readonly Candidate[]): readonly (readonly Candidate[])[] {
  const rows: Candidate[][] = []
  for (const one of candidates.toSorted((first, second) => second.place.y - first.place.y)) {
    const row = rows.at(-1)
    const isSame =
      row !== undefined && Math.abs((row[0]?.place.y ?? 0) - one.place.y) <= rowTolerance
    if (isSame) row.push(one)
    else rows.push([one])
  }
  return rows.map((row) => row.toSorted((first, second) => first.place.x - second.place.x))
}

const wordsFor: Readonly<Partial<Record<ValueKind, readonly (readonly [BoxPiece, RegExp])[]>>> = {
  date: [
    ['month', /^(?:m|mm|mo|mon|month)$/],
    ['day', /^(?:d|dd|day)$/],
    ['year', /^(?:y|yy|yyyy|yr|year)$/],
  ],
  phone: [
    ['area', /^(?:area|areacode)$/],
    ['prefix', /^(?:prefix|exchange|exch)$/],
    ['line', /^(?:line|suffix|subscriber)$/],
  ],
  zip: [
    ['zip5', /^(?:zip5|five)$/],
    ['plus4', /^(?:plus4|plus|ext|four)$/],
  ],
}

/** By words of names and tooltips, if each box has its own. */
function byWords(row: readonly Candidate[], kind: ValueKind): readonly BoxPiece[] | undefined {
  const known = wordsFor[kind] ?? []
  const tokens = row.map(({ words }) => tokensOf(words))
  // A word that all boxes have ("BirthDay MM") says nothing.
  const isCommon = (token: string) => tokens.every((one) => one.includes(token))
  const pieces = tokens.flatMap((own) => {
    const found = known.filter(([, pattern]) =>
      own.some((token) => !isCommon(token) && pattern.test(token)),
    )
    const [piece, another] = found
    return piece === undefined || another !== undefined ? [] : [piece[0]]
  })
  return pieces.length === row.length && new Set(pieces).size === pieces.length ? pieces : undefined
}

function tokensOf(words: string): readonly string[] {
  return words
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll(/([A-Z]{2,})(MM|DD|YYYY|YY)\b/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .flatMap((token) => [token, token.replace(/\d+$/, '')])
}

function byLimits(row: readonly Candidate[], kind: ValueKind): readonly BoxPiece[] | undefined {
  const limits = row.flatMap(({ limit }) => limit ?? [])
  if (limits.length < row.length) return undefined
  const of = limits.reduce((sum, one) => sum + one, 0)
  const isCells = limits.every((one) => one === 1)
  const lengths = lengthsFor[kind]
  const isSplit = lengths === undefined ? isCells || kind === 'number' : lengths.includes(of)
  if (!isSplit) return undefined
  let offset = 0
  return limits.map((length) => {
    const isOpen = kind === 'zip' || (isCells && lengths === undefined)
    const piece = { offset, length, of, isOpen }
    offset += length
    return piece
  })
}

/** Three boxes too narrow for the whole: in the order in which Americans write it. */
function byWidth(row: readonly Candidate[], kind: ValueKind): readonly BoxPiece[] | undefined {
  if (row.length !== 3 || row.some(({ limit }) => limit !== undefined)) return undefined
  if (row.some(({ place }) => place.width > narrow)) return undefined
  if (kind === 'date') return ['month', 'day', 'year']
  return kind === 'phone' ? ['area', 'prefix', 'line'] : undefined
}
