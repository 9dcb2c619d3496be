import { type Answer, answerAtStart, answerBefore } from './answers.ts'
import type { LayoutPolarity, Span } from './note-document.ts'
import { trimmed } from './trimmed.ts'

/** A question or name with its answer: `Fever: no`, `Weakness? Yes, since May`, `Fever ..... No`. */
export interface Pair {
  readonly label: Span
  /** The polarity of a yes/no answer; absent for any other text after the colon. */
  readonly polarity?: LayoutPolarity
  /** The text of the answer, or the text after the colon. */
  readonly answer: Span
  /** The text after the answer: "since May". May be empty. */
  readonly rest: Span
}

const maxLabelLength = 160
const separator =
  /:(?!\d)|\n+(?=(?:yes|no|none|y|n|neg\w*|pos\w*|denie[sd]|unknown|present|absent|not \w+)[.]?$)|\?(?=\s)|\.{4,}|(?:\. ){3,}\.?|\t+| {3,}|…{2,}|…(?=\s*(?:yes|no|none|y|n)\b)|\.{3}(?=\s?(?:yes|no|none|y|n|neg\w*|pos\w*|denie[sd])\b)|={1,2}>?(?=\s)|\s[-–—](?=\s)/gi

/**
 * The pairs that a sentence consists of, in order; the last one may have any text as its answer. Empty if the
 * sentence does not begin with a pair.
 */
export function pairsOf(text: string, { start, end }: Span): readonly Pair[] {
  const sentence = text.slice(start, end)
  const pairs: Pair[] = []
  let from = 0
  let usedTo = 0
  for (const match of sentence.matchAll(separator)) {
    if (match.index < usedTo) continue
    const label = trimmed(sentence, { start: from, end: match.index }, /[\s.,;:|*_•>#-]/)
    if (label.end - label.start > maxLabelLength) break
    if (label.end === label.start) continue
    const answerAt = skipSpace(sentence, match.index + match[0].length)
    const behind = sentence.slice(answerAt, answerAt + 120)
    const answer = answerBefore(behind) ?? answerBeforeKey(behind)
    const isDash = /[-–—=]/.test(match[0]) && !match[0].includes(':')
    if (answer === undefined) {
      if (isDash || /^\s|…|^\./.test(match[0])) continue
      // Pairs such as "Fever: no, but: …" end here; if the first label is followed by other text, it takes all
      // of it.
      if (pairs.length > 0) break
      const rest = trimmed(sentence, { start: answerAt, end: sentence.length })
      return [
        {
          label: moved(label, start),
          answer: moved(rest, start),
          rest: moved({ start: rest.end, end: rest.end }, start),
        },
      ]
    }
    const answerEnd = answerAt + answer.length
    const next = nextLabel(sentence, answerEnd)
    usedTo = answerEnd
    pairs.push({
      label: moved(label, start),
      polarity: answer.polarity,
      answer: moved({ start: answerAt, end: answerEnd }, start),
      rest: moved(
        trimmed(sentence, { start: answerEnd, end: next ?? sentence.length }, /[\s.,;|–—-]/),
        start,
      ),
    })
    from = answerEnd
    if (next === undefined) break
  }
  return pairs
}

/**
 * Where the label of the next answered pair begins; undefined if the rest of the sentence belongs to this
 * answer. Searches only to the next separator.
 */
function nextLabel(sentence: string, from: number): number | undefined {
  const ahead = sentence.slice(from, from + maxLabelLength + 80)
  for (const match of ahead.matchAll(new RegExp(separator.source, 'gi'))) {
    const between = ahead.slice(0, match.index)
    if (
      between
        .trim()
        .replace(/^[.,;|]/, '')
        .trim() === ''
    )
      continue
    const answerAt = skipSpace(ahead, match.index + match[0].length)
    const behind = ahead.slice(answerAt, answerAt + 120)
    return (answerBefore(behind) ?? answerBeforeKey(behind)) === undefined ? undefined : from
  }
  return undefined
}

/** "No Chills: No": the next pair follows without a separator. */
function answerBeforeKey(text: string): Answer | undefined {
  const answer = answerAtStart(text)
  if (answer === undefined) return undefined
  const key = /^ [A-Z][\w /()'-]{1,60}[:?] */.exec(text.slice(answer.length))?.[0]
  if (key === undefined) return undefined
  return answerAtStart(text.slice(answer.length + key.length)) === undefined ? undefined : answer
}

function skipSpace(text: string, from: number): number {
  let at = from
  while (at < text.length && at < from + 400 && /[\s.…]/.test(text.charAt(at))) at += 1
  return at
}

const moved = (span: Span, by: number): Span => ({ start: span.start + by, end: span.end + by })
