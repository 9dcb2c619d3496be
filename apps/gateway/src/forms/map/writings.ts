import type { BoxPiece } from './box-piece.ts'
import { stateCodes } from './state-codes.ts'
import type { ValueKind } from './value-kind.ts'

/**
 * The ways in which a form may ask for a value, the best first: with separators, without them, with a short year. All of them say the same;
 * a value that is not complete (a year alone, a phone number with an extension) is never written without its separators.
 */
export function writingsOf(
  text: string,
  kind: ValueKind | undefined,
  pattern?: string,
): readonly string[] {
  const ways = waysOf(text, kind, pattern)
  return [...new Set(ways)].filter((one) => one !== '')
}

function waysOf(
  text: string,
  kind: ValueKind | undefined,
  pattern: string | undefined,
): readonly string[] {
  switch (kind) {
    case 'date': {
      const date = readDate(text)
      if (date === undefined) return [text]
      const patterns = ['MM/DD/YYYY', 'MMDDYYYY', 'MM/DD/YY', 'MMDDYY']
      return [...(pattern === undefined ? [] : [pattern]), ...patterns].map((one) =>
        writeDate(date, one),
      )
    }
    case 'phone': {
      const digits = phoneDigits(text)
      if (digits === undefined) return [text]
      const [area, prefix, line] = [digits.slice(0, 3), digits.slice(3, 6), digits.slice(6)]
      return [text, `(${area}) ${prefix}-${line}`, `${area}-${prefix}-${line}`, digits]
    }
    case 'zip': {
      const digits = zipDigits(text)
      return digits === undefined ? [text] : [text, digits, digits.slice(0, 5)]
    }
    case 'state':
      return [text, stateCodes.get(text.trim().toLowerCase()) ?? '']
    case 'number':
      return [text, compact(text)]
    case 'diagnosis':
      return [text, text.replaceAll('.', '')]
    case 'gender':
      return /^(?:fe)?male$/i.test(text) ? [text, text.slice(0, 1).toUpperCase()] : [text]
    case undefined:
      return [text]
  }
}

/**
 * The writings of a value that a box with this many characters or cells can take, the best first. Empty if its cells ask for one that the
 * value does not have.
 */
export function writingsFor(
  text: string,
  {
    kind,
    pattern,
    limit,
    cells,
  }: {
    readonly kind: ValueKind | undefined
    readonly pattern?: string | undefined
    readonly limit?: number | undefined
    readonly cells?: number | undefined
  },
): readonly string[] {
  const writings = writingsOf(text, kind, pattern)
  const capacity = Math.min(limit ?? Number.POSITIVE_INFINITY, cells ?? Number.POSITIVE_INFINITY)
  // Without a limit there is no reason to leave out the separators.
  if (capacity === Number.POSITIVE_INFINITY)
    return writings.filter((one, index) => index === 0 || !/^[\p{L}\p{N}]{6,}$/u.test(one))
  // A month and year without a day would be misread in cells for a full date.
  if (cells !== undefined && !isWholeOf(text, kind)) return []
  const fitting = writings.filter((one) => one.length <= capacity)
  const exact = fitting.filter((one) => one.length === cells)
  return [...new Set([...exact, ...fitting])]
}

function isWholeOf(text: string, kind: ValueKind | undefined): boolean {
  if (kind === 'date') return readDate(text) !== undefined
  return kind !== 'phone' || phoneDigits(text) !== undefined
}

/** The piece of a value that one of several boxes shows; undefined if the value does not have the format that the boxes ask for. */
export function pieceOf(
  text: string,
  kind: ValueKind | undefined,
  piece: BoxPiece,
  limit = Number.POSITIVE_INFINITY,
): string | undefined {
  if (typeof piece === 'object') {
    const [whole] = writingsOf(text, kind)
      .filter((one) => fills(one, piece, kind))
      .toSorted((one, other) => other.length - one.length)
    // Letters outside of the basic plane are two units of a string.
    return whole === undefined
      ? undefined
      : [...whole].slice(piece.offset, piece.offset + piece.length).join('')
  }
  switch (piece) {
    case 'month':
      return readDate(text)?.month
    case 'day':
      return readDate(text)?.day
    case 'year': {
      const year = readDate(text)?.year
      return limit < 4 ? year?.slice(2) : year
    }
    case 'area':
      return phoneDigits(text)?.slice(0, 3)
    case 'prefix':
      return phoneDigits(text)?.slice(3, 6)
    case 'line':
      return phoneDigits(text)?.slice(6)
    case 'zip5':
      return zipDigits(text)?.slice(0, 5)
    case 'plus4':
      return zipDigits(text)?.slice(5)
    // A row of boxes that cannot hold such a value.
    case 'character':
      return undefined
  }
}

function fills(
  text: string,
  { of, isOpen }: Exclude<BoxPiece, string>,
  kind: ValueKind | undefined,
): boolean {
  // Names and streets have spaces and signs, which take a box of their own.
  if (kind !== undefined && !/^[\p{L}\p{N}]+$/u.test(text)) return false
  const { length } = [...text]
  return isOpen ? length <= of : length === of
}

interface WholeDate {
  readonly year: string
  readonly month: string
  readonly day: string
}

function readDate(text: string): WholeDate | undefined {
  const american = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text)
  const iso = /^(\d{4})-(\d{2})-(\d{2})(?:T.*)?$/.exec(text)
  const [, month, day, year] = american ?? [undefined, iso?.[2], iso?.[3], iso?.[1]]
  if (month === undefined || day === undefined || year === undefined) return undefined
  return { year, month: month.padStart(2, '0'), day: day.padStart(2, '0') }
}

function writeDate({ year, month, day }: WholeDate, pattern: string): string {
  return pattern
    .replace(/Y+/, (asked) => year.slice(-asked.length))
    .replace(/M+/, (asked) => (asked.length === 1 ? String(Number(month)) : month))
    .replace(/D+/, (asked) => (asked.length === 1 ? String(Number(day)) : day))
}

/** The ten digits of an American number. */
function phoneDigits(text: string): string | undefined {
  if (!/^[\d\s().+-]+$/.test(text)) return undefined
  const digits = text.replaceAll(/\D/g, '').replace(/^1(?=\d{10}$)/, '')
  return digits.length === 10 ? digits : undefined
}

function zipDigits(text: string): string | undefined {
  const [, five, four = ''] = /^(\d{5})(?:[-\s]?(\d{4}))?$/.exec(text) ?? []
  return five === undefined ? undefined : `${five}${four}`
}

function compact(text: string): string {
  return text.replaceAll(/[\s./-]/g, '')
}
