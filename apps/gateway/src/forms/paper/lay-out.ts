import { type Box, fitText, type Measure } from './fit-text.ts'

export interface LaidOut {
  readonly size: number
  readonly lines: readonly string[]
  /** False: the text continues on the addendum. The lines end with a reference to it, if the box has space for one. */
  readonly isWhole: boolean
  readonly isReferred: boolean
}

/** Where a text continues. */
export interface AddendumPlace {
  /** `A-1`; undefined: what the text says is in the list of evidence. */
  readonly part?: string
  /** Page of the whole form, starting at 1. */
  readonly page: number
}

/**
 * Lays out a text in a box. A single-line box shows the whole text or none of it, because half a name or code could be mistaken for
 * another one. A multi-line box shows the beginning of the text.
 */
export function layOut(
  text: string,
  box: Box,
  place: AddendumPlace,
  font: Measure,
  /** For numbers and codes: `A-1` alone would be read as one. */
  isCode = false,
): LaidOut {
  const fitted = fitText(text, box, font)
  if (fitted.rest === '') return { ...fitted, isWhole: true, isReferred: false }
  const { size } = fitted
  if (box.isMultiline) {
    // The character limit is checked for each number of lines below.
    const { maxLength: _limit, ...open } = box
    const begin = fitText(text, open, font)
    for (let kept = begin.lines.length; kept > 0; kept -= 1) {
      const firstLines = begin.lines.slice(0, kept - 1)
      const lines = continuations(place)
        .map((reference) => [...firstLines, reference])
        .find((one) => fitsIn(one, box, begin.size, font))
      if (lines !== undefined) return { size: begin.size, lines, isWhole: false, isReferred: true }
    }
  }
  for (const reference of references(place, isCode)) {
    const short = fitText(reference, box, font)
    if (short.rest === '' && short.lines.length === 1) {
      return { size: short.size, lines: short.lines, isWhole: false, isReferred: true }
    }
  }
  return { size, lines: [], isWhole: false, isReferred: false }
}

function continuations({ part, page }: AddendumPlace): readonly string[] {
  return part === undefined
    ? [
        `(continued on page ${page}, with the evidence for each question)`,
        `(continued on page ${page})`,
        `(see page ${page})`,
      ]
    : [
        `(continued on page ${page}, ${part}, with the whole text)`,
        `(continued on page ${page}, ${part})`,
        `(see page ${page}, ${part})`,
      ]
}

function references({ part, page }: AddendumPlace, isCode: boolean): readonly string[] {
  if (part === undefined) return [`see page ${page}`]
  return [`see page ${page}, ${part}`, `see ${part}`, ...(isCode ? [] : [part])]
}

function fitsIn(lines: readonly string[], box: Box, size: number, font: Measure): boolean {
  return (
    lines.join('\n').length <= (box.maxLength ?? Number.POSITIVE_INFINITY) &&
    lines.every((line) => font.widthOfTextAtSize(line, size) <= box.width)
  )
}
