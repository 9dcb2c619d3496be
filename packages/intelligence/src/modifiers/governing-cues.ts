import { type NoteDocument, readableText, type Span, type Unit } from '../document/note-document.ts'
import { stemOf } from '../lexicon/stem.ts'
import { cachedTokensOf, tokensOf, type Token } from '../lexicon/tokens.ts'
import type { CueCategory } from './cue.ts'
import { CueIndex } from './cue-index.ts'
import type { Cue } from './find-cues.ts'
import { withdrawsBefore } from './table/unsettled.ts'

/** Only this much of the end of a line above governs the text below it. */
const tailLength = 400

/** Categories that a line above passes on to the text below it. */
const inheritedCategories: ReadonlySet<CueCategory> = new Set([
  'affirmed',
  'denied',
  'possible',
  'hypothetical',
  'unsettled',
  'inquired',
  'withdrawn',
  'other',
  'past',
  'done',
  'planned',
  'not_done',
  'goal',
])

export interface GoverningCue extends Span {
  readonly category: CueCategory
}

const kept = new WeakMap<
  Span,
  { readonly source: string; readonly cues: readonly GoverningCue[] }
>()

/**
 * Cues in the lines above a unit, and in a title that is not a usual section name, that apply to the unit;
 * outermost first.
 */
export function governingCues(document: NoteDocument, unit: Unit): readonly GoverningCue[] {
  const source = readableText(document)
  const { section } = unit
  const { title } = section
  const isTitled =
    title !== undefined &&
    (section.kind === 'other' || goalTitle.test(source.slice(title.start, title.end)))
  const spans = isTitled ? [title, ...unit.leads] : unit.leads
  return spans.flatMap((span) => {
    const cues = cuesOfLine(source, span)
    return isDirectlyUnder(unit, span, source)
      ? cues
      : cues.filter(({ category }) => category !== 'goal')
  })
}

/** "Goals: flexion 150": a plan with its own heading for goals. */
const goalTitle = /\bgoals?\b/i
const maxStatementLength = 400

/**
 * A goal applies to the statement after it, including semicolons, and to the list below it, but not to the whole
 * line.
 */
function isDirectlyUnder({ kind, start }: Unit, { end }: Span, source: string): boolean {
  if (kind !== 'sentence' || start - end <= 3) return true
  return start - end < maxStatementLength && !/[.!?\n]/.test(source.slice(end, start).trimEnd())
}

function cuesOfLine(source: string, span: Span): readonly GoverningCue[] {
  const before = kept.get(span)
  if (before?.source === source) return before.cues
  const tokens = tokensOf(source, {
    start: Math.max(span.start, span.end - tailLength),
    end: span.end,
  })
  const cues = openCues(tokens)
  kept.set(span, { source, cues })
  return cues
}

/** The colon prevents the last word ("Patient denies") from being read as an answer to the words before it. */
function openCues(tokens: readonly Token[]): readonly GoverningCue[] {
  const last = tokens.at(-1)
  if (last === undefined) return []
  const colon: Token = {
    kind: 'mark',
    stem: ':',
    word: ':',
    isSpaced: false,
    start: last.end,
    end: last.end,
  }
  const line = last.stem === ':' ? tokens : [...tokens, colon]
  return new CueIndex(line, [])
    .open()
    .filter((cue) => inheritedCategories.has(cue.row.category) && isOfWhatFollows(line, cue))
    .map((cue) => ({ category: cue.row.category, ...spanOf(line, cue) }))
}

const answers: ReadonlySet<CueCategory> = new Set(['affirmed', 'denied', 'unsettled'])
const set = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/).map(stemOf))
/** Words after a denial that do not say what is denied. */
const fillers = set(`
  the following any of these all and or to for today currently now at this time present below also either a an other
  has have having had is are on as such include including pertinent patient he she they reports
  associated constitutional systemic focal neurologic neurological red flag b concerning specific significant recent new`)
/** "No red flag symptoms: fever, weight loss" */
const classes = set(`
  symptom sign finding feature complaint issue problem concern history hx item condition flag evidence indication diagnosis`)

/** "No oxygen: 86 percent": a denial with its own object does not apply to the text below it. */
function isOfWhatFollows(line: readonly Token[], { row, end }: Cue): boolean {
  if (!answers.has(row.category) || row.direction === 'after') return true
  return line
    .slice(end + 1)
    .every(({ kind, stem }) => kind === 'mark' || fillers.has(stem) || classes.has(stem))
}

export function spanOf(tokens: readonly Token[], { start, end }: Cue): Span {
  return { start: tokens[start]?.start ?? 0, end: tokens[end]?.end ?? 0 }
}

const withdrawals = new Set(
  withdrawsBefore.map((phrase) =>
    tokensOf(phrase, { start: 0, end: phrase.length })
      .map(({ stem }) => stem)
      .join(' '),
  ),
)
const maxWithdrawalTokens = 7
const beginsWithdrawal = new Set([...withdrawals].map((words) => words.split(' ', 1)[0]))

const orders = new WeakMap<NoteDocument, ReadonlyMap<Unit, number>>()

/** The words at the beginning of the next statement that withdraw this one: "Correction: …". */
export function withdrawalBehind(document: NoteDocument, unit: Unit): Span | undefined {
  let order = orders.get(document)
  if (order === undefined) {
    order = new Map(document.units.map((one, index) => [one, index]))
    orders.set(document, order)
  }
  const index = order.get(unit)
  const next = index === undefined ? undefined : document.units[index + 1]
  if (next === undefined || next.section !== unit.section) return undefined
  const tokens = cachedTokensOf(readableText(document), next)
  if (!beginsWithdrawal.has(tokens[0]?.stem)) return undefined
  for (let length = Math.min(maxWithdrawalTokens, tokens.length); length > 0; length -= 1) {
    const first = tokens.slice(0, length)
    if (withdrawals.has(first.map(({ stem }) => stem).join(' '))) {
      return { start: next.start, end: first.at(-1)?.end ?? next.end }
    }
  }
  return undefined
}
