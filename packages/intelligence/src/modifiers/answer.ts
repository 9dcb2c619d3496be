import { type NoteDocument, readableText, type Unit } from '../document/note-document.ts'
import type { Concept } from '../lexicon/concept.ts'
import type { Mention } from '../lexicon/mention.ts'
import { acts } from './acts.ts'
import { stemOf } from '../lexicon/stem.ts'
import { tokensOf, type Token } from '../lexicon/tokens.ts'
import type { Assertion } from './assertion.ts'
import { governingCues } from './governing-cues.ts'

const set = (words: string): ReadonlySet<string> => new Set(words.split(' ').map(stemOf))
const saysNo = set('no none never denies denied negative neg nope nil absent')
const saysYes = set('yes positive pos present yep endorses reports')
const turns = set('but not however unless if')

/**
 * The assertion that "No." gives to the finding of the preceding question. Anything but a plain answer leaves it
 * open.
 */
export function answerToQuestion(
  mention: Mention,
  concept: Concept | undefined,
  unit: Unit,
  tokens: readonly Token[],
  document: NoteDocument,
): Assertion {
  const cues = tokens[0] === undefined ? [] : [{ start: tokens[0].start, end: tokens[0].end }]
  const isOfOther =
    unit.section.kind === 'family_history' ||
    governingCues(document, unit).some(({ category }) => category === 'other')
  const status =
    concept?.kind === 'study' && isDatedRow(unit, document)
      ? 'affirmed'
      : answered(mention, concept, unit, tokens, document)
  return {
    status,
    subject: isOfOther ? 'other' : 'patient',
    when: 'now',
    phase: phaseOfAnswer(status, concept, unit, document),
    cues,
  }
}

/** An act that is ticked as done was carried out. */
function phaseOfAnswer(
  status: Assertion['status'],
  concept: Concept | undefined,
  unit: Unit,
  document: NoteDocument,
): Assertion['phase'] {
  const text = readableText(document).slice(unit.start, unit.end)
  if (concept === undefined || !acts.has(concept.kind)) return 'not_stated'
  if (status === 'denied') return leftUndone.test(text) ? 'not_done' : 'not_stated'
  return status === 'affirmed' && carriedOut.test(text) ? 'done' : 'not_stated'
}

const day = /^\d{1,4}[/.-]\d{1,2}(?:[/.-]\d{2,4})?$/
const notDone =
  /\b(?:cancel\w*|no[ -]show|not done|declin\w+|refus\w+|pending|scheduled|ordered|due|planned|requested|auth\w*|denied|unable|incomplete|not (?:read|available))\b/i

/** A day at the beginning of a row below the name of a study: the row contains its findings. */
function isDatedRow({ kind, cells = [] }: Unit, document: NoteDocument): boolean {
  const [first, ...others] = cells
  if (kind !== 'row' || first === undefined || others.length === 0) return false
  const text = readableText(document)
  return (
    day.test(text.slice(first.start, first.end).trim()) &&
    !others.some(({ start, end }) => notDone.test(text.slice(start, end)))
  )
}

/** "Physical therapy: [ ] done [x] not done" */
const leftUndone =
  /^\W*(?:not|never|none) (?:yet )?(?:done|tried|performed|completed|attempted|taken|used|started|obtained|had|received)\W*$/i
const carriedOut =
  /^\W*(?:done|tried|performed|completed|attempted|taken|used|obtained|received|finished)\W*$/i

function answered(
  mention: Mention,
  concept: Concept | undefined,
  unit: Unit,
  tokens: readonly Token[],
  document: NoteDocument,
): Assertion['status'] {
  const first = tokens.find(({ kind }) => kind === 'word')?.stem ?? ''
  const question = unit.leads.at(-1)
  const isQuestionTurned =
    question !== undefined &&
    tokensOf(readableText(document), question).some(
      ({ stem }) => saysNo.has(stem) || turns.has(stem),
    )
  const isTicked = unit.polarity === 'yes' && mention.denied !== true && !isQuestionTurned
  if (isTicked && concept !== undefined && acts.has(concept.kind)) {
    const text = readableText(document).slice(unit.start, unit.end)
    if (leftUndone.test(text)) return 'denied'
    if (carriedOut.test(text)) return 'affirmed'
  }
  const isTurned = isQuestionTurned || tokens.some(({ stem }) => turns.has(stem))
  if (isTurned || mention.denied === true) return 'unsettled'
  if (unit.polarity === 'unmarked' || unit.polarity === 'unknown') return 'unsettled'
  if (unit.section.kind === 'instructions') return 'hypothetical'
  if (saysNo.has(first) && unit.polarity !== 'yes') return 'denied'
  if (saysYes.has(first) && unit.polarity !== 'no') return 'affirmed'
  if (unit.polarity === 'no') return 'denied'
  return unit.polarity === 'yes' && first === '' ? 'affirmed' : 'unsettled'
}
