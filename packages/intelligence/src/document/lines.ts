import type { Span } from './note-document.ts'

/** A non-empty line: `start..end` is its text without surrounding white space. */
export interface Line extends Span {
  /** Where the line begins, including its indent. */
  readonly from: number
  readonly text: string
  readonly isAfterBlank: boolean
}

export const lengthOf = ({ from, end }: Line): number => end - from

/** The non-empty lines of a text, in order. Form feeds and Unicode line ends count as line ends. */
export function linesOf(text: string): readonly Line[] {
  const lines: Line[] = []
  const ends = /\r\n|[\n\r\f\v\u0085\u2028\u2029]/g
  let from = 0
  let isAfterBlank = false
  const push = (to: number) => {
    const raw = text.slice(from, to)
    const content = raw.trim()
    if (content === '') {
      isAfterBlank = true
      return
    }
    const start = from + raw.length - raw.trimStart().length
    lines.push({ from, start, end: start + content.length, text: content, isAfterBlank })
    isAfterBlank = false
  }
  for (const { index, 0: end } of text.matchAll(ends)) {
    push(index)
    from = index + end.length
  }
  push(text.length)
  return lines
}
