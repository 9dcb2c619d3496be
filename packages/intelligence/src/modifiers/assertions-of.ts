import { type NoteDocument, readableText, type Span, type Unit } from '../document/note-document.ts'
import type { Concept } from '../lexicon/concept.ts'
import type { LexiconView } from '../lexicon/lexicon-view.ts'
import type { Mention } from '../lexicon/mention.ts'
import { cachedTokensOf, type Token } from '../lexicon/tokens.ts'
import type { Assertion } from './assertion.ts'
import { answerToQuestion } from './answer.ts'
import type { CueCategory } from './cue.ts'
import { CueIndex, type TokenRange, placeOf, type CueInScope } from './cue-index.ts'
import { disputeOf } from './disputes.ts'
import { type GoverningCue, governingCues, spanOf, withdrawalBehind } from './governing-cues.ts'
import { acts } from './acts.ts'
import { phaseOf } from './phase-of.ts'
import { type CueLookup, statusOf } from './status-of.ts'
import { isBarePhrase, isBehindBlank, isQuestion, isTemplate } from './unit-shape.ts'

const noCue: readonly GoverningCue[] = []

/** The assertion of each mention that the lexicon found in a unit or in the preceding question. */
export function assertionsOf(
  document: NoteDocument,
  unit: Unit,
  mentions: readonly Mention[],
  lexicon: LexiconView,
): ReadonlyMap<Mention, Assertion> {
  if (mentions.length === 0) return new Map()
  // "Any infection now? [x] No": a question that the layout answers is not open.
  const isAnswered = unit.polarity === 'yes' || unit.polarity === 'no'
  const tokens = withoutMark(cachedTokensOf(readableText(document), unit), isAnswered)
  const placed = mentions.map((mention) => {
    const concept = lexicon.get(mention.conceptId)
    const place = placeOf(tokens, mention)
    const isAct = concept !== undefined && acts.has(concept.kind)
    const isDenial = mention.denied === true || concept?.denies !== undefined
    return {
      mention,
      concept,
      place: place === undefined ? undefined : { ...place, isAct, isDenial },
    }
  })
  const index = new CueIndex(
    tokens,
    placed.flatMap(({ place, concept }) =>
      place === undefined
        ? []
        : [
            {
              ...place,
              isSite: concept?.kind === 'site',
              isCondition: concept?.kind === 'observable' && concept.values === undefined,
            },
          ],
    ),
  )
  const surroundings: UnitCues = {
    unit,
    index,
    governing: governingCues(document, unit),
    withdrawal: withdrawalBehind(document, unit) ?? disputeOf(document, unit),
    isUnread:
      (!isAnswered && isQuestion(tokens)) ||
      isTemplate(tokens) ||
      isBehindBlank(readableText(document), unit),
    isBare: isBarePhrase(
      unit,
      tokens,
      placed.flatMap(({ place }) => (place === undefined ? [] : [place])),
    ),
  }
  return new Map(
    placed.map(({ mention, concept, place }) => [
      mention,
      place === undefined
        ? answerToQuestion(mention, concept, unit, tokens, document)
        : assertionOf(mention, concept, place, surroundings),
    ]),
  )
}

function withoutMark(tokens: readonly Token[], isAnswered: boolean): readonly Token[] {
  return isAnswered && tokens.at(-1)?.stem === '?' ? tokens.slice(0, -1) : tokens
}

interface UnitCues {
  readonly unit: Unit
  readonly index: CueIndex
  readonly governing: readonly GoverningCue[]
  readonly withdrawal: Span | undefined
  /** A question without an answer, or unselected template options. */
  readonly isUnread: boolean
  readonly isBare: boolean
}

function assertionOf(
  mention: Mention,
  concept: Concept | undefined,
  place: TokenRange,
  around: UnitCues,
): Assertion {
  const { unit, index, governing } = around
  const used: CueInScope[] = []
  const nearestCue: CueLookup = (category) => {
    const cueInScope = index.nearest(category, place)
    if (cueInScope === undefined) return undefined
    used.push(cueInScope)
    return cueInScope
  }
  const isGoverned = (category: CueCategory) => governing.some((cue) => cue.category === category)
  const act = {
    kind: isTest(concept) ? 'study' : concept?.kind,
    section: unit.section.kind,
    isEntry: isEntry(index, place),
    isAlone: unit.kind === 'sentence' && unit.leads.length === 0 && isAlone(index, place),
  }
  // "Repeat injection visit" above "Epidural since June? | X": the answered act was done, whatever the purpose
  // of the visit.
  const isAnsweredRow =
    unit.kind === 'row' && unit.polarity === 'yes' && unit.section.kind !== 'plan'
  const phase = phaseOf(
    act,
    nearestCue,
    (category) => !(isAnsweredRow && category === 'planned') && isGoverned(category),
  )
  const status = statusOf(mention, concept, unit, nearestCue, isGoverned, phase, {
    isWithdrawn: around.withdrawal !== undefined,
    isUnread: around.isUnread,
    isBare: around.isBare,
    includesResult: index.includesResult(place),
    includesTestResult: unit.cells?.length === 2,
  })
  const isOfOther =
    unit.section.kind === 'family_history' ||
    nearestCue('other') !== undefined ||
    isGoverned('other')
  const isGoal = nearestCue('goal') !== undefined || isGoverned('goal')
  const course = courseOf(nearestCue)
  const severity = severityOf(nearestCue)
  return {
    status: isGoal && status === 'denied' ? 'unsettled' : status,
    subject: isOfOther ? 'other' : 'patient',
    when: whenOf(nearestCue, isGoverned),
    phase: isGoal
      ? 'planned'
      : status === 'denied' && phase !== 'not_stated' && phase !== 'planned'
        ? 'not_done'
        : phase,
    ...(course === undefined ? {} : { course }),
    ...(severity === undefined ? {} : { severity }),
    cues: cueSpans(
      index.tokens,
      used,
      governing.length === 0 ? noCue : governing,
      around.withdrawal,
    ),
  }
}

/** An observable whose normal value is a separate finding: a test with its result. */
function isTest(concept: Concept | undefined): boolean {
  return concept?.values?.normal.asserts !== undefined
}

const entryMarks = /^[:;→-]$/
/** How far ahead to look for a number, in tokens. */
const entryReach = 60

/**
 * It begins a statement, or the text after a colon or dash, and no number follows: "Radiculopathy, failed
 * therapy: MRI lumbar spine".
 */
function isEntry({ tokens }: CueIndex, { first }: TokenRange): boolean {
  const opens = [first, first - 1].find((at) => at <= 0 || isEntryMark(tokens[at - 1]))
  return (
    opens !== undefined &&
    !tokens.slice(Math.max(0, opens), first + entryReach).some(({ kind }) => kind === 'number')
  )
}

function isEntryMark(token: Token | undefined): boolean {
  return token?.kind === 'mark' && entryMarks.test(token.stem)
}

const ofTechnique =
  /^(?:with|without|w\/o|and|or|iv|contrast|gadolinium|gad|diffusion|dwi|[().,/])$/

/** A whole sentence without a verb: "MRI with diffusion.", "TTE.", "MRI for follow-up." */
function isAlone({ tokens }: CueIndex, { first, last }: TokenRange): boolean {
  if (first > 0 || tokens.length - last > 7) return false
  const behind = tokens.slice(last + 1)
  const reason = behind.findIndex(({ word }) => word === 'for')
  const technique = reason === -1 ? behind : behind.slice(0, reason)
  return technique.every(({ word }) => ofTechnique.test(word))
}

function whenOf(
  nearestCue: CueLookup,
  isGoverned: (category: CueCategory) => boolean,
): Assertion['when'] {
  if (nearestCue('resolved') !== undefined) return 'resolved'
  return nearestCue('past') !== undefined || isGoverned('past') ? 'past' : 'now'
}

function nearestOf<T extends CueCategory>(
  categories: readonly T[],
  nearestCue: CueLookup,
): T | undefined {
  let best: { readonly category: T; readonly distance: number } | undefined
  for (const category of categories) {
    const cueInScope = nearestCue(category)
    if (cueInScope === undefined) continue
    if (best === undefined || cueInScope.distance < best.distance) {
      best = { category, distance: cueInScope.distance }
    }
  }
  return best?.category
}

function courseOf(nearestCue: CueLookup): Assertion['course'] {
  const isOfOld = nearestCue('stable')?.cue.row.isWeak === true
  const changed = isOfOld ? nearestOf(['worse', 'new', 'better'] as const, nearestCue) : undefined
  return changed ?? nearestOf(['worse', 'new', 'better', 'stable'] as const, nearestCue)
}

function severityOf(nearestCue: CueLookup): Assertion['severity'] {
  return nearestOf(['severe', 'moderate', 'mild'] as const, nearestCue)
}

function cueSpans(
  tokens: readonly Token[],
  used: readonly CueInScope[],
  governing: readonly GoverningCue[],
  withdrawal: Span | undefined,
): readonly Span[] {
  const spans = new Map<number, Span>()
  for (const { cue } of used) {
    const span = spanOf(tokens, cue)
    spans.set(span.start, span)
  }
  for (const { start, end } of governing) spans.set(start, { start, end })
  if (withdrawal !== undefined) spans.set(withdrawal.start, withdrawal)
  return [...spans.values()].sort((one, other) => one.start - other.start)
}
