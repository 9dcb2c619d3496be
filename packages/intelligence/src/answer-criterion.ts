import { type Answer, type ClinicalBundle, type Evidence, isComplete } from '@authscript/prior-auth'
import type { NoteReader } from './evidence/notes.ts'
import { findStructured } from './evidence/structured.ts'
import { isVerified } from './evidence/verify.ts'
import type { Criterion } from './policy/policy.ts'

/** How sure a reading is, by what it rests on. @see docs/confidence.md#readings */
const certainty = { coded: 0.95, text: 0.75, note: 0.85, both: 0.98 } as const

/**
 * Answers one question from the chart. `met` needs evidence that was re-read; `not_met` needs the contrary in writing, or the
 * silence of a list that was read completely; everything else, contradictions included, is `unclear` (invariants 3 and 4).
 */
export function answerCriterion(
  criterion: Criterion,
  bundle: ClinicalBundle,
  notes: NoteReader,
  serviceRequestId: string,
  asOf: string,
): Answer {
  const rules = criterion.structured ?? []
  const coded = rules.flatMap((rule) =>
    findStructured(rule, bundle, serviceRequestId, asOf).map((one) => ({
      evidence: one,
      basis: rule.basis ?? 'coded',
    })),
  )
  const told =
    criterion.notes === undefined
      ? { evidence: [], isMentioned: false }
      : notes.find(criterion.notes)
  const evidence = unique([...coded.map((one) => one.evidence), ...told.evidence]).filter((one) =>
    isVerified(one, bundle),
  )
  const supports = evidence.filter((one) => one.stance === 'supports')
  const refutes = evidence.filter((one) => one.stance === 'refutes')
  const unread = unreadTypes(criterion, bundle, notes)
  const answer = { criterionId: criterion.criterionId, question: criterion.question, evidence }

  if (supports.length > 0 && refutes.length > 0) {
    return {
      ...answer,
      answer: 'unclear',
      confidence: 0.5,
      reason: 'the chart contradicts itself; both sides are shown',
    }
  }
  if (supports.length > 0) {
    const isCoded = supports.some((one) => one.quote === undefined)
    const isTold = supports.some((one) => one.quote !== undefined)
    const isTextOnly = coded.length > 0 && coded.every((one) => one.basis === 'text')
    const confidence =
      isCoded && isTold
        ? certainty.both
        : isTold
          ? certainty.note
          : isTextOnly
            ? certainty.text
            : certainty.coded
    const where = isCoded && isTold ? 'coded data and the note' : isTold ? 'the note' : 'coded data'
    return { ...answer, answer: 'met', confidence, reason: `found in ${where}` }
  }
  if (unread.length > 0) {
    return {
      ...answer,
      answer: 'unclear',
      confidence: 0,
      reason: `unknown: ${unread.join(', ')} could not be read completely`,
    }
  }
  if (refutes.length > 0) {
    return {
      ...answer,
      answer: 'not_met',
      confidence: certainty.note,
      reason: 'the note says that it is not so',
    }
  }
  if (criterion.silence === 'not_met') {
    return {
      ...answer,
      answer: 'not_met',
      confidence: certainty.coded,
      reason: 'not on the list, which was read completely',
    }
  }
  const reason = told.isMentioned
    ? 'mentioned, but not so that it settles the question'
    : 'the chart does not say'
  return { ...answer, answer: 'unclear', confidence: 0, reason }
}

function unreadTypes(
  criterion: Criterion,
  bundle: ClinicalBundle,
  notes: NoteReader,
): readonly string[] {
  const types = new Set((criterion.structured ?? []).flatMap((rule) => rule.reads))
  const unread = [...types].filter((resourceType) => !isComplete(bundle.completeness, resourceType))
  const needsNotes = criterion.notes !== undefined
  const notesUnread =
    needsNotes && !(isComplete(bundle.completeness, 'DocumentReference') && notes.isWhole)
  return notesUnread ? [...unread, 'the notes'] : unread
}

function unique(evidence: readonly Evidence[]): readonly Evidence[] {
  const seen = new Set<string>()
  return evidence.filter((one) => {
    const key = `${one.source.resourceType}/${one.source.resourceId} ${one.quote?.start ?? ''} ${one.stance}`
    if (seen.has(key)) return false
    seen.add(key)
    return true
  })
}
