export type NamedPiece =
  | 'month'
  | 'day'
  | 'year'
  | 'area'
  | 'prefix'
  | 'line'
  | 'zip5'
  | 'plus4'
  /** One or few characters, by the place of the box in its row. */
  | 'character'

/** What a box holds of a value that has several boxes. */
export type BoxPiece =
  | NamedPiece
  /** Some characters of the value without separators. The value has `of` characters; `isOpen`: or fewer. */
  | {
      readonly offset: number
      readonly length: number
      readonly of: number
      readonly isOpen: boolean
    }
