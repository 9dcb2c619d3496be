import type { FormContent, MappedBox } from '@authscript/prior-auth'

/** A form of a kind for which the gateway has no special case, with the operator's map and what must be on the filled form. */
export interface ForeignForm {
  readonly kind: string
  readonly make: () => Uint8Array | Promise<Uint8Array>
  /** Role by the full name of a box, or entries of a map. */
  readonly map: Readonly<Record<string, string>> | readonly MappedBox[]
  readonly keptAsPrinted?: readonly string[]
  /** The content of an order, instead of the sample patient's. */
  readonly order?: Partial<FormContent>
  /** What another reader finds in each box; '' is blank. */
  readonly says: Readonly<Record<string, string | RegExp>>
  /** Which of the boxes with one name are marked, counted from the left. */
  readonly ticked?: readonly number[]
  /** What is on the pages after the form because it does not fit. */
  readonly continues?: readonly string[]
  /** Notices for the reviewer. */
  readonly notices?: readonly RegExp[]
  /** Boxes that are drawn by the viewer, or where a mark is too small to be measured. */
  readonly notMeasured?: readonly string[]
}

/** A form that cannot be used, and what the operator reads about it. */
export interface RefusedForm {
  readonly kind: string
  readonly make: () => Uint8Array | Promise<Uint8Array>
  readonly map?: Readonly<Record<string, string>>
  readonly because: RegExp
}

export const name = 'Sample, Alexandra Marie'
export const memberId = 'SMP60178442'
