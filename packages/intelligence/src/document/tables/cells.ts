import type { Span } from '../note-document.ts'
import { trimmed } from '../trimmed.ts'

export type Delimiter = 'pipe' | 'tab' | 'space'

export interface TextCell extends Span {
  readonly text: string
}

/** Longer than a row of any form; a longer line is not a row. */
const maxRowLength = 4000

/**
 * The cells of a line that starts at `offset`. With pipes and tabs, empty cells are kept; with spaces, cells are
 * never empty.
 */
export function cellsOf(text: string, offset: number, delimiter: Delimiter): readonly TextCell[] {
  if (text.length > maxRowLength) return []
  const borders =
    delimiter === 'pipe' ? /\|{1,2}/g : delimiter === 'tab' ? /\t/g : /[ \u00A0]{2,}|\t[ \t]*/g
  const cells: TextCell[] = []
  let from = 0
  const push = (to: number) => {
    const span = trimmed(text, { start: from, end: to })
    cells.push({
      start: offset + span.start,
      end: offset + span.end,
      text: text.slice(span.start, span.end),
    })
  }
  for (const { index, 0: border } of text.matchAll(borders)) {
    // A border at the edge of the line does not separate cells.
    if (!(delimiter === 'pipe' && index === 0)) push(index)
    from = index + border.length
  }
  if (!(delimiter === 'pipe' && from === text.length)) push(text.length)
  return cells
}

export const delimiterOf = (text: string): Delimiter | undefined =>
  text.includes('|')
    ? 'pipe'
    : text.includes('\t')
      ? 'tab'
      : /\S {2,}\S/.test(text)
        ? 'space'
        : undefined

const mark =
  /^(?:[xX✓✔√✗✘*•●☑☒✅\u2BBD]|\[\s{0,3}[xX✓✔√✗✘*]\s{0,3}\]|\(\s{0,3}[xX✓✔]\s{0,3}\)|_{1,4}[xX✓✔]_{1,4})$/
const empty = /^(?:|\[[\s_]{0,4}\]|\([\s_]{0,4}\)|[☐□▢◻⬜]|_{1,10}|[-–—]{1,3}|\.{2,})$/

export const isMark = (text: string): boolean => text.length <= 9 && mark.test(text)
export const isEmptyAnswer = (text: string): boolean => text.length <= 12 && empty.test(text)

/** Marks and texts of a line whose columns are determined by position. */
export function tokensOf(text: string, offset: number): readonly TextCell[] {
  if (text.length > maxRowLength) return []
  const tokens: TextCell[] = []
  for (const { start, text: cell } of cellsOf(text, 0, 'space')) {
    let from = 0
    const push = (to: number) => {
      const span = trimmed(cell, { start: from, end: to })
      if (span.end > span.start)
        tokens.push({
          start: offset + start + span.start,
          end: offset + start + span.end,
          text: cell.slice(span.start, span.end),
        })
    }
    // A mark separated from its text by one space; not "x 3 weeks".
    for (const { index, 0: found } of cell.matchAll(
      /(?<=^|\s)(?:\[[\sxX✓_]{0,3}\]|[☐☑☒✓✔✗✘]|X|x(?=$))(?=\s|$)/g,
    )) {
      push(index)
      from = index
      push(index + found.length)
      from = index + found.length
    }
    push(cell.length)
  }
  return tokens
}
