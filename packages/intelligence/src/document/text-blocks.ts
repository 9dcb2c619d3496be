import { answerBefore, polarityOf } from './answers.ts'
import { hasBoxes, isAnswersOnly } from './boxes/box-parts.ts'
import type { Line } from './lines.ts'
import type { Span } from './note-document.ts'
import type { Wrapping } from './line-wrapping.ts'

/**
 * Lines that are read as one text: `text` is the source between `start` and `end`, in which a line break and its
 * surrounding white space become line ends.
 */
export interface TextBlock extends Span {
  readonly text: string
}

const bullet =
  /^(?:[-*–—>]\s+|[•●▪■◦○‣·∙➢►]\s*|\d{1,2}[.)]\s+(?=\D)|\(\d{1,2}\)\s+|[a-z][.)]\s+|o\s+(?=[A-Z]))/

/**
 * Length of the bullet, dash or number (with the space after it) that makes a line a list item; 0 if there is
 * none.
 */
export function bulletLength(text: string): number {
  const first = text.charCodeAt(0)
  if (first >= 65 && first <= 90) return 0
  if (first >= 97 && first <= 122 && !/[.)\s]/.test(text.charAt(1))) return 0
  const length = bullet.exec(text.slice(0, 24))?.[0].length ?? 0
  // A circle beside an answer or another circle is a box, not a bullet.
  return length > 0 && /^[●○■]/.test(text) && hasBoxes(text) ? 0 : length
}

/** "Word:" at the beginning of a line begins a new statement. */
export const startsKey = /^[A-Z][\w /&'()-]{0,40}:/

export interface TextBlockSource {
  readonly lines: readonly Line[]
  readonly wrapping: Wrapping
  /** Whether this line begins something other than running text. */
  readonly isStart: (index: number) => boolean
}

/** The text block that begins at `first`, and the line after it. */
export function textBlockAt(
  { lines, wrapping, isStart }: TextBlockSource,
  index: number,
  first: Line,
): { readonly block: TextBlock; readonly next: number; readonly isUnsure: boolean } {
  const texts = [first.text]
  const isItem = bulletLength(lines[index]?.text ?? '') > 0
  const margin = (lines[index]?.start ?? 0) - (lines[index]?.from ?? 0)
  let last = first
  let next = index + 1
  let isUnsure = false
  for (; next < lines.length; next += 1) {
    const line = lines[next]
    if (line === undefined || line.isAfterBlank) break
    const isAnswers =
      isAnswersOnly(line.text) && last.text.length <= 160 && !/[.;]$/.test(last.text)
    const isAnswer = answersAbove(last.text, line.text)
    if (!isAnswer && !(isAnswers && !hasBoxes(last.text))) {
      if (last.text.endsWith(':') || bulletLength(line.text) > 0 || hasBoxes(line.text)) break
      const joint = wrapping.joint(last, line)
      const isHanging =
        isItem && line.start - line.from >= margin + 2 && /^[a-z(\d]/.test(line.text)
      const goesOn = (joint === 'joined' || isHanging) && /^[a-z(]/.test(line.text)
      if (startsKey.test(line.text) || (!goesOn && isStart(next))) break
      if (joint !== 'joined' && !isHanging) {
        isUnsure = joint === 'unsure'
        break
      }
    }
    texts.push('\n'.repeat(line.start - last.end), line.text)
    last = line
  }
  return { block: { start: first.start, end: last.end, text: texts.join('') }, next, isUnsure }
}

/** An answer to the question, field or name on the line above. */
function answersAbove(above: string, text: string): boolean {
  if (/[:?]$/.test(above)) return answerBefore(text) !== undefined
  return above.length <= 120 && !/[.!;,]$/.test(above) && polarityOf(text) !== undefined
}
