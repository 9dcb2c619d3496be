import { polarityOf } from '../answers.ts'
import type { Span } from '../note-document.ts'
import { trimmed } from '../trimmed.ts'
import { valueAtStart } from './option-values.ts'

/**
 * The parts of a line with boxes, from left to right. `cross`: an ✗, which marks a box in some forms and denies
 * in others.
 */
export type BoxPart =
  | (Span & { readonly kind: 'box'; readonly mark: 'checked' | 'empty' | 'cross' })
  | (Span & { readonly kind: 'text'; readonly text: string })

const checked = String.raw`\[\s{0,3}[xX✓✔√✗✘*●•■]\s{0,3}\]|\(\s{0,3}[xX✓✔√✗✘●•]\s{0,3}\)|(?<!\w)_{1,4}\s?[xX✓✔]\s?_{1,4}(?!\w)|[\u2611\u2612\u2705\u2BBD\uF0FD\uF0FE\uF052-\uF054✓✔√]|\u{1F5F9}|\u{1F5F7}|\u{1F5F5}`
const empty = String.raw`\[[\s_]{0,4}\]|\([ \u00A0]{1,4}\)|\(_{1,4}\)|[\u2610\u25A1\u25A2\u25FB\u2B1C\u2751\u2752\u274F\u2750\uF06F\uF071\uF072\uF0A8\uF0A3]|\u{1F78E}`
const cross = '[✗✘]'
const box = new RegExp(`(?<checked>${checked})|(?<empty>${empty})|(?<cross>${cross})`, 'gu')
const anyBox = new RegExp(`${checked}|${empty}|${cross}`, 'u')
/** Underlined blanks for a mark, if one of them holds a mark or they stand beside answers. */
const blank = /(?<!\w)_{2,8}(?!\w)/g
const hasWrittenMark = /(?<!\w)_{1,4}\s?[xX✓✔]\s?_{1,4}(?!\w)/
const blankBesideAnswer = /(?<!\w)_{2,8}\s?(?:yes|no)\b|\b(?:yes|no):?\s?_{2,8}(?!\w)/i
/** Filled and empty circles are choices if a line has both. */
const circles = /[●◉⦿][^●◉⦿○◯]{1,400}[○◯]|[○◯][^●◉⦿○◯]{1,400}[●◉⦿]/

/** Characters that every box contains; a quick test, because most lines have none of them. */
const signOfBox = /[[(_\u0080-\uFFFF]/

export const hasBoxes = (text: string): boolean =>
  signOfBox.test(text) && (anyBox.test(text) || blankBesideAnswer.test(text) || circles.test(text))

/** The boxes of a text and the pieces between them; two spaces, a tab or a vertical bar also separate pieces. */
export function boxPartsOf(text: string, offset: number): readonly BoxPart[] {
  const boxes: {
    readonly at: number
    readonly length: number
    readonly mark: 'checked' | 'empty' | 'cross'
  }[] = []
  for (const match of text.matchAll(box)) {
    const { groups = {} } = match
    const mark =
      groups['checked'] !== undefined
        ? 'checked'
        : groups['empty'] === undefined
          ? 'cross'
          : 'empty'
    boxes.push({ at: match.index, length: match[0].length, mark })
  }
  if (hasWrittenMark.test(text) || blankBesideAnswer.test(text))
    for (const match of text.matchAll(blank))
      boxes.push({ at: match.index, length: match[0].length, mark: 'empty' })
  if (circles.test(text))
    for (const match of text.matchAll(/[●◉⦿○◯]/g))
      boxes.push({ at: match.index, length: 1, mark: /[○◯]/.test(match[0]) ? 'empty' : 'checked' })
  boxes.sort((a, b) => a.at - b.at)
  const parts: BoxPart[] = []
  let from = 0
  for (const { at, length, mark } of boxes) {
    if (at < from) continue
    pushTexts(text, from, at, offset, parts)
    parts.push({ kind: 'box', mark, start: offset + at, end: offset + at + length })
    from = at + length
  }
  pushTexts(text, from, text.length, offset, parts)
  return parts
}

/** Pieces with only punctuation are dropped. */
function pushTexts(text: string, from: number, to: number, offset: number, parts: BoxPart[]): void {
  let start = from
  const push = (end: number) => {
    const piece = trimmed(text, { start, end }, /[\s,;/|]/)
    const content = text.slice(piece.start, piece.end)
    if (/[\p{L}\p{N}+?]/u.test(content))
      parts.push({
        kind: 'text',
        start: offset + piece.start,
        end: offset + piece.end,
        text: content,
      })
  }
  for (const gap of text.slice(from, to).matchAll(/[ \u00A0]{2,}|\t[ \t]*|\|/g)) {
    push(from + gap.index)
    start = from + gap.index + gap[0].length
  }
  push(to)
}

/** A line with boxes and answer options but without a question. */
export function isAnswersOnly(text: string): boolean {
  if (text.length > 120 || !hasBoxes(text)) return false
  const texts = boxPartsOf(text, 0).filter((part) => part.kind === 'text')
  return (
    texts.length > 0 &&
    texts.every(
      (part) =>
        part.kind === 'text' &&
        (polarityOf(part.text) !== undefined || valueAtStart(part.text) === part.text.length),
    )
  )
}
