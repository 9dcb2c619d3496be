import type { FormContent, MappedBox } from '@authscript/prior-auth'

/** A form of a kind that nobody here tuned anything to, with what its operator says and what must be on it. */
export interface ForeignForm {
  readonly kind: string
  readonly make: () => Uint8Array | Promise<Uint8Array>
  /** Role by the full name of a box, or entries of a map. */
  readonly map: Readonly<Record<string, string>> | readonly MappedBox[]
  readonly keptAsPrinted?: readonly string[]
  /** Of an order, in place of the sample patient. */
  readonly order?: Partial<FormContent>
  /** What another reader finds in each box; '' is blank. */
  readonly says: Readonly<Record<string, string | RegExp>>
  /** Of boxes with one name, those that have a mark, from the left. */
  readonly ticked?: readonly number[]
  /** What stands on the pages after the form, because it does not fit. */
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
