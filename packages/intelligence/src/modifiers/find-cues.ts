import { determiners, sides } from '../lexicon/gap-words.ts'
import { stemOf } from '../lexicon/stem.ts'
import type { Token } from '../lexicon/tokens.ts'
import type { CueRow } from './cue.ts'
import { type Node, type Form, maxGap, under } from './cue-trie.ts'

/** A cue in a token sequence; `end` is its last token. */
export interface Cue {
  readonly row: CueRow
  readonly start: number
  readonly end: number
}

function isAnswerEnd(steps: readonly string[], from: number): boolean {
  const at = from + tailLength(steps, from)
  const next = steps[at]
  if (next === undefined) return true
  if (next !== 'on') return answerEnds.has(next)
  const place = steps[at + 1] ?? ''
  return determiners.has(place) || sides.has(place) || place.startsWith('exam')
}

/** "None at present", "no to date": words of time after an answer do not change it. */
const answerTails: readonly (readonly string[])[] =
  `currently|presently|now|right now|recently|lately|today|ever|yet|at present|
  at the present|at the moment|at this time|at this point|so far|thus far|to date|in years|in months|for years|for months`
    .split('|')
    .flatMap((tail) => {
      const words = tail.trim().split(' ')
      return [words, words.map(stemOf)]
    })

function tailLength(steps: readonly string[], from: number): number {
  const tail = answerTails.find((words) => words.every((word, at) => steps[from + at] === word))
  return tail?.length ?? 0
}

/** What may follow an answer: a full stop, or where it was examined ("negative on the right"). */
const answerEnds = new Set([
  'bilateral',
  'bilaterally',
  ',',
  ';',
  '.',
  '!',
  '|',
  ')',
  ']',
  '(',
  '/',
  '-',
  '•',
])

/**
 * The cues of a token sequence, in order. Of two overlapping cues the longer one counts; a pseudo-cue removes all
 * cues that overlap it. A cue must not end inside a mention unless it begins there: the "no" of "no loss of
 * consciousness" is not the cue "no loss of".
 *
 * `mentionFrom` holds for each token the first token of its mention, or -1.
 */
export function findCues(
  tokens: readonly Token[],
  stems: readonly string[],
  mentionFrom: Int32Array,
): readonly Cue[] {
  // A sign has no inflections, so stems and words agree.
  const words = tokens.map(({ word, kind }, index) =>
    kind === 'mark' ? (stems[index] ?? '') : word,
  )
  const found: Cue[] = []
  for (let start = 0; start < stems.length; start += 1) {
    const exact = longestAt('word', words, start, mentionFrom)
    const inflected = longestAt('stem', stems, start, mentionFrom)
    const isExact = (exact[0]?.end ?? -1) >= (inflected[0]?.end ?? -1)
    found.push(...(isExact ? exact : inflected))
  }
  return found.filter(
    (cue, index) => !isOverlapped(cue, index, found) && cue.row.category !== 'pseudo',
  )
}

const none: readonly Cue[] = []

function longestAt(
  form: Form,
  steps: readonly string[],
  start: number,
  mentionFrom: Int32Array,
): readonly Cue[] {
  // Most words do not begin a cue.
  const first = under(form, steps[start] ?? '')
  if (first === undefined) return none
  let longest = none
  let denied = none
  const walk = (from: Node, at: number): void => {
    let node: Node | undefined = from
    for (let end = at; end < steps.length; end += 1) {
      node = node.next.get(steps[end] ?? '')
      if (node === undefined || (mentionFrom[end] ?? -1) > start) return
      arrive(node, end)
    }
  }
  const arrive = (node: Node, end: number): void => {
    if (node.gap !== undefined) {
      for (let skipped = 0; skipped <= maxGap; skipped += 1) {
        walk(node.gap, end + 1 + skipped)
        if (stopsOfGaps.has(steps[end + 1 + skipped] ?? '.')) break
      }
    }
    if (node.rows.length === 0 || end < (longest[0]?.end ?? -1)) return
    const isAnswer = isAnswerEnd(steps, end + 1) && (start > 0 || end + 1 >= steps.length)
    const rows = node.rows.filter(({ answers }) => {
      if (answers === 'only') return isAnswer
      return answers === 'never' ? !isAnswer || start === 0 : true
    })
    if (rows.length === 0) return
    longest = rows.map((row) => ({ row, start, end }))
    const denials = longest.filter(({ row }) => row.category === 'denied')
    if (denials.length > 0) denied = denials
  }
  arrive(first, start)
  walk(first, start + 1)
  // "no prior" of an act does not replace the denial "no".
  const isUndone = longest.every(({ row }) => row.category === 'not_done')
  return isUndone ? [...longest, ...denied] : longest
}

const stopsOfGaps = new Set(['.', ';', '!', '?', '|', ':', '(', ')'])

/** Whether a cue is replaced by a longer overlapping one. A denial is not replaced by an act that was left undone. */
function givesWay(cue: Cue, other: Cue): boolean {
  const length = cue.end - cue.start
  const otherLength = other.end - other.start
  if (other.row.category === 'pseudo') {
    const { against } = other.row
    return otherLength >= length && (against === undefined || against.includes(cue.row.category))
  }
  return (
    otherLength > length && !(cue.row.category === 'denied' && other.row.category === 'not_done')
  )
}

function isOverlapped(cue: Cue, index: number, cues: readonly Cue[]): boolean {
  const covers = (other: Cue): boolean => {
    if (other.start === cue.start && other.end === cue.end) return false
    return other.end >= cue.start && other.start <= cue.end && givesWay(cue, other)
  }
  for (let at = index - 1; at >= 0; at -= 1) {
    const other = cues[at]
    if (other === undefined || other.start < cue.start - 16) break
    if (covers(other)) return true
  }
  for (let at = index + 1; at < cues.length; at += 1) {
    const other = cues[at]
    if (other === undefined || other.start > cue.end) break
    if (covers(other)) return true
  }
  return false
}
