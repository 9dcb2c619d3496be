import { type Box, fitText, type Measure } from './fit-text.ts'

export interface LaidOut {
  readonly size: number
  readonly lines: readonly string[]
  /** False: the text continues on the addendum, and the lines end with the reference to it, where the box has room for one. */
  readonly isWhole: boolean
  readonly isReferred: boolean
}

/** Where a text goes on. */
export interface AddendumPlace {
  /** `A-1`. */
  readonly part: string
  /** Of the whole form, from 1. */
  readonly page: number
}

/**
 * What a box shows of a text. One line is whole or not there at all: half a name or half a code reads as another one. More lines
 * show how the text begins.
 */
export function layOut(
  text: string,
  box: Box,
  { part, page }: AddendumPlace,
  font: Measure,
): LaidOut {
  const fitted = fitText(text, box, font)
  if (fitted.rest === '') return { ...fitted, isWhole: true, isReferred: false }
  const { size } = fitted
  if (box.isMultiline) {
    // What the limit leaves room for is seen line by line below.
    const { maxLength: _limit, ...open } = box
    const begin = fitText(text, open, font)
    const references = [
      `(continued on page ${page}, ${part}, with the whole text)`,
      `(continued on page ${page}, ${part})`,
      `(see page ${page}, ${part})`,
    ]
    for (let kept = begin.lines.length; kept > 0; kept -= 1) {
      const begun = begin.lines.slice(0, kept - 1)
      const lines = references
        .map((reference) => [...begun, reference])
        .find((one) => isRoomFor(one, box, begin.size, font))
      if (lines !== undefined) return { size: begin.size, lines, isWhole: false, isReferred: true }
    }
  }
  for (const reference of [`see page ${page}, ${part}`, `see ${part}`, part]) {
    const short = fitText(reference, box, font)
    if (short.rest === '' && short.lines.length === 1) {
      return { size: short.size, lines: short.lines, isWhole: false, isReferred: true }
    }
  }
  return { size, lines: [], isWhole: false, isReferred: false }
}

function isRoomFor(lines: readonly string[], box: Box, size: number, font: Measure): boolean {
  return (
    lines.join('\n').length <= (box.maxLength ?? Number.POSITIVE_INFINITY) &&
    lines.every((line) => font.widthOfTextAtSize(line, size) <= box.width)
  )
}
