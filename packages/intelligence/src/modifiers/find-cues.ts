import { determiners, sides } from '../lexicon/gap-words.ts'
import { stemOf } from '../lexicon/stem.ts'
import { tokensOfText, type Token } from '../lexicon/tokens.ts'
import type { CueRow } from './cue.ts'
import { cueRows } from './table/cue-rows.ts'

/** A cue in a token sequence; `end` is its last token. */
export interface Cue {
  readonly row: CueRow
  readonly start: number
  readonly end: number
}

interface Node {
  readonly next: Map<string, Node>
  readonly rows: CueRow[]
  /** The continuation after up to `maxGap` other words. */
  gap?: Node
}

type Form = 'word' | 'stem'

/**
 * All cues that begin with one word. The nodes are built when a text first contains it, because a note contains
 * few of the first words.
 */
interface Opening {
  readonly cues: { readonly text: string; readonly row: CueRow }[]
  node?: Node
}

const gapMark = '…'
const maxGap = 4

/** A sign directly before its finding, as written in the table: "-sz", "+HA". */
export const minusMark = '‹-›'
export const plusMark = '‹+›'
/** The same directly after it: "sz-", "HA+". */
export const minusBehind = '›-'
export const plusBehind = '›+'
const marks: ReadonlySet<string> = new Set([minusMark, plusMark, minusBehind, plusBehind])

function createNode(): Node {
  return { next: new Map(), rows: [] }
}

function add(root: Node, steps: readonly string[], row: CueRow): void {
  let node = root
  for (const step of steps) {
    if (step === gapMark) {
      node.gap ??= createNode()
      node = node.gap
      continue
    }
    let next = node.next.get(step)
    if (next === undefined) {
      next = createNode()
      node.next.set(step, next)
    }
    node = next
  }
  if (!node.rows.includes(row)) node.rows.push(row)
}

interface CueTable {
  /** As written in the table: "presented to the ED with" reports a visit, "present to the ED with" is advice. */
  readonly word: ReadonlyMap<string, Opening>
  /** In any inflection. */
  readonly stem: ReadonlyMap<string, Opening>
}

let table: CueTable | undefined

function cueTable(): CueTable {
  if (table !== undefined) return table
  const word = new Map<string, Opening>()
  const stem = new Map<string, Opening>()
  for (const row of cueRows) {
    for (const cue of row.cues) {
      const isExact = cue.startsWith('=')
      const text = isExact ? cue.slice(1) : cue
      const first = marks.has(cue) ? { word: cue, stem: cue } : firstTokenOf(text)
      put(word, first.word, text, row)
      if (!isExact && !marks.has(cue)) put(stem, first.stem, text, row)
    }
  }
  return (table = { word, stem })
}

function put(openings: Map<string, Opening>, first: string, text: string, row: CueRow): void {
  const opening = openings.get(first)
  if (opening === undefined) openings.set(first, { cues: [{ text, row }] })
  else opening.cues.push({ text, row })
}

function firstTokenOf(text: string): Readonly<Record<Form, string>> {
  const plain = /^[a-z]+(?= |$)/.exec(text)?.[0]
  if (plain !== undefined) return { word: plain, stem: stemOf(plain) }
  const [first] = tokensOfText(text)
  return { word: first?.word ?? '', stem: first?.stem ?? '' }
}

/** The node from which all cues with this first word continue. */
function under(form: Form, first: string): Node | undefined {
  const opening = cueTable()[form].get(first)
  if (opening === undefined) return undefined
  return (opening.node ??= build(opening, form))
}

function build({ cues }: Opening, form: Form): Node {
  const root = createNode()
  for (const { text, row } of cues) {
    const [, ...rest] = marks.has(text) ? [text] : tokensOfText(text).map((token) => token[form])
    add(root, rest, row)
  }
  return root
}

/**
 * The lookup keys of cues: stems, in which signs before findings are distinguished from hyphens and bullets. A
 * minus is a sign if there are at least two signs.
 */
export function cueStems(tokens: readonly Token[]): readonly string[] {
  const signs: { readonly index: number; readonly mark: string }[] = []
  tokens.forEach(({ stem }, index) => {
    if (stem !== '-' && stem !== '+') return
    if (isSignBefore(tokens, index) || isSpacedSign(tokens, index))
      signs.push({ index, mark: stem === '+' ? plusMark : minusMark })
    else if (isSignBehind(tokens, index)) {
      signs.push({ index, mark: stem === '+' ? plusBehind : minusBehind })
    }
  })
  const stems = tokens.map(({ stem }) => stem)
  for (const { index, mark } of signs) {
    if (stems[index] === '+' || signs.length > 1) stems[index] = mark
  }
  return stems
}

function isSignBefore(tokens: readonly Token[], index: number): boolean {
  const [before, token, after] = [tokens[index - 1], tokens[index], tokens[index + 1]]
  const isOpen =
    token?.isSpaced === true ||
    before === undefined ||
    (before.kind === 'mark' && before.stem !== '-')
  return isOpen && after?.kind === 'word' && !after.isSpaced
}

/** "+nausea, - fever": a minus that begins a list item. A bullet begins the whole line. */
function isSpacedSign(tokens: readonly Token[], index: number): boolean {
  const [before, after] = [tokens[index - 1], tokens[index + 1]]
  return (before?.stem === ',' || before?.stem === ';') && after?.kind === 'word' && after.isSpaced
}

function isSignBehind(tokens: readonly Token[], index: number): boolean {
  const [before, token, after] = [tokens[index - 1], tokens[index], tokens[index + 1]]
  if (before?.kind !== 'word' || token?.isSpaced === true) return false
  return after === undefined || after.isSpaced || (after.kind === 'mark' && after.stem !== '-')
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
