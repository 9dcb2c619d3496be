import type { BoxPiece } from './box-piece.ts'
import type { ValueKind } from './value-kind.ts'

/** Digits of a value that always has as many. A ZIP code may have five of nine. */
const lengthsFor: Readonly<Partial<Record<ValueKind, readonly number[]>>> = {
  date: [8, 6],
  phone: [10],
  zip: [9, 5],
}

/**
 * The parts of a value in a row of boxes that take one character each, or as many as their limits say. A text says why the row cannot hold
 * such a value.
 */
export function characterPieces(
  limits: readonly (number | undefined)[],
  kind: ValueKind | undefined,
): readonly BoxPiece[] | string {
  const lengths = limits.map((limit) => limit ?? 1)
  const of = lengths.reduce((sum, one) => sum + one, 0)
  const possible = kind === undefined ? undefined : lengthsFor[kind]
  if (possible !== undefined && !possible.includes(of))
    return `is in a row of boxes for ${of} characters; a ${nameOf[kind ?? 'date'] ?? 'value'} has ${possible.join(' or ')} digits`
  const isOpen = possible === undefined || kind === 'zip'
  let offset = 0
  return lengths.map((length) => {
    const piece = { offset, length, of, isOpen }
    offset += length
    return piece
  })
}

const nameOf: Readonly<Partial<Record<ValueKind, string>>> = {
  date: 'date',
  phone: 'phone number',
  zip: 'ZIP code',
}
