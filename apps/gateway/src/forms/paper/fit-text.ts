/** The part of a font that measuring needs; pdf-lib's PDFFont implements it. */
export interface Measure {
  widthOfTextAtSize(text: string, size: number): number
}

export interface Box {
  /** Points inside the padding. */
  readonly width: number
  readonly height: number
  readonly isMultiline: boolean
  readonly maxSize: number
  /** The smallest readable size. */
  readonly minSize: number
  /** Maximum characters of the field. */
  readonly maxLength?: number
  /** A comb field: each character has its own cell. */
  readonly cells?: number
}

export interface Fitted {
  readonly size: number
  readonly lines: readonly string[]
  /** The text that did not fit; empty if all of it fits. */
  readonly rest: string
}

const sizeStep = 0.5
export const lineHeight = 1.25
/** Height of a single line, from the accent of a capital to the descender. */
const letterHeight = 1.1

/** Fits the text at the largest possible size. Text that does not fit at the smallest size is returned as `rest`. */
export function fitText(text: string, box: Box, font: Measure): Fitted {
  const { maxLength = Number.POSITIVE_INFINITY } = box
  if (text.length <= maxLength) {
    for (let size = box.maxSize; size >= box.minSize; size -= sizeStep) {
      const lines = box.isMultiline ? wrap(text, box.width, size, font) : [text]
      if (fits(lines, box, size, font)) return { size, lines, rest: '' }
    }
  }
  if (!box.isMultiline) return { size: box.minSize, lines: [], rest: text }
  const lines = wrap(text, box.width, box.minSize, font)
  // A box narrower than a letter gets no text.
  const tooWide = lines.findIndex((line) => font.widthOfTextAtSize(line, box.minSize) > box.width)
  let kept = Math.min(
    tooWide === -1 ? lines.length : tooWide,
    Math.floor(box.height / (box.minSize * lineHeight)),
  )
  while (kept > 0 && lines.slice(0, kept).join('\n').length > maxLength) kept -= 1
  kept = Math.max(0, kept)
  return { size: box.minSize, lines: lines.slice(0, kept), rest: lines.slice(kept).join('\n') }
}

function fits(lines: readonly string[], box: Box, size: number, font: Measure): boolean {
  const height = box.isMultiline ? lines.length * size * lineHeight : size * letterHeight
  if (height > box.height) return false
  if (box.cells === undefined)
    return lines.every((line) => font.widthOfTextAtSize(line, size) <= box.width)
  const cellWidth = box.width / box.cells
  const characters = [...lines.join('')]
  return (
    characters.length <= box.cells &&
    characters.every((one) => font.widthOfTextAtSize(one, size) <= cellWidth)
  )
}

/** Lines no wider than `width`, broken between words, or within a word that is wider than a line. No text is lost. */
export function wrap(text: string, width: number, size: number, font: Measure): readonly string[] {
  return text.split('\n').flatMap((paragraph) => wrapParagraph(paragraph, width, size, font))
}

/** Adds up the widths of words: measuring the whole line again for each word would take quadratic time. */
function wrapParagraph(
  paragraph: string,
  width: number,
  size: number,
  font: Measure,
): readonly string[] {
  const lines: string[] = []
  const spaceWidth = font.widthOfTextAtSize(' ', size)
  let line = ''
  let lineWidth = 0
  for (const word of paragraph.split(' ')) {
    const wordWidth = font.widthOfTextAtSize(word, size)
    if (line !== '' && lineWidth + spaceWidth + wordWidth <= width) {
      line = `${line} ${word}`
      lineWidth += spaceWidth + wordWidth
      continue
    }
    if (line !== '') lines.push(line)
    const pieces = breakWord(word, width, size, font)
    lines.push(...pieces.slice(0, -1))
    line = pieces.at(-1) ?? ''
    lineWidth = font.widthOfTextAtSize(line, size)
  }
  lines.push(line)
  return lines
}

function breakWord(word: string, width: number, size: number, font: Measure): readonly string[] {
  if (font.widthOfTextAtSize(word, size) <= width) return [word]
  const pieces: string[] = []
  let piece = ''
  for (const character of word) {
    if (piece !== '' && font.widthOfTextAtSize(piece + character, size) > width) {
      pieces.push(piece)
      piece = ''
    }
    piece += character
  }
  return [...pieces, piece]
}
