export const namedPieces = [
  'month',
  'day',
  'year',
  'area',
  'prefix',
  'line',
  'zip5',
  'plus4',
] as const

/** What a box holds of a value that has several boxes. */
export type BoxPiece =
  | (typeof namedPieces)[number]
  /** Characters of the value without separators, which has `of` of them; `isOpen`: or fewer. */
  | {
      readonly offset: number
      readonly length: number
      readonly of: number
      readonly isOpen: boolean
    }
