import { type Answer, type ClinicalBundle, type Evidence, isComplete } from '@authscript/prior-auth'
import { certainty } from './confidence/certainty.ts'
import type { ChartIndex } from './evidence/coded/chart-index.ts'
import { readCoded } from './evidence/coded/coded-reader.ts'
import type { Side } from './evidence/laterality.ts'
import type { NoteFinding, NoteReader } from './evidence/notes/note-reader.ts'
import type { EvidenceProposal } from './evidence/proposal.ts'
import { isToldElsewhere } from './evidence/told-elsewhere.ts'
import { Verifier } from './evidence/verify.ts'
import type { Judged } from './policy/algebra.ts'
import type { CodedRule } from './policy/coded-rule.ts'
import type { NoteRule } from './policy/note-rule.ts'
import type { Criterion } from './policy/policy.ts'
import { daysOf } from './policy/sourced.ts'

/** What the chart of one order is read with. */
export interface Reading {
  readonly bundle: ClinicalBundle
  readonly chart: ChartIndex
  readonly notes: NoteReader
  readonly orderSide: Side | undefined
  readonly asOf: string
}

export interface Answered extends Judged {
  readonly answer: Answer
}

type Basis = 'coded' | 'text' | 'note' | 'model'

interface Finding {
  readonly stance: 'supports' | 'refutes' | 'falls_short'
  readonly about: string | undefined
  /** Of an alternative whose denial alone settles nothing. */
  readonly isMinor: boolean
  readonly basis: Basis
  readonly evidence: Evidence
}

/**
 * Answers one question from the chart. `met` needs evidence that was re-read; `not_met` needs the contrary in writing, or the silence of a
 * list that was read completely; everything else, contradictions included, is `unclear` (invariants 3 and 4).
 */
export function answerCriterion(
  criterion: Criterion,
  reading: Reading,
  proposals: readonly EvidenceProposal[],
): Answered {
  const gathered = gather(criterion, reading)
  const settled = settle(criterion, reading, gathered)
  // A proposal may open a closed mouth; it never contradicts what the rules have read.
  const isOpen = settled.grounds === 'silent' || settled.grounds === 'mentioned'
  const proposed = isOpen ? readProposals(criterion, reading, proposals) : []
  const final =
    proposed.length === 0
      ? settled
      : settle(criterion, reading, { ...gathered, findings: [...gathered.findings, ...proposed] })
  return {
    answer: { criterionId: criterion.criterionId, question: criterion.question, ...final },
    value: final.answer,
    days: gathered.days,
    isClosed:
      criterion.silence === 'not_met' && unreadOf(criterion, reading, 'absence').length === 0,
  }
}

interface Gathered {
  readonly findings: readonly Finding[]
  readonly days: readonly string[]
  readonly isMentioned: boolean
  /** Alternatives that notes speak of without settling them. */
  readonly mentioned: ReadonlySet<string | undefined>
}

function gather(
  criterion: Criterion,
  { bundle, chart, notes, orderSide, asOf }: Reading,
): Gathered {
  const verifier = new Verifier(bundle, chart)
  const findings: Finding[] = []
  const days: string[] = []
  const mentioned = new Set<string | undefined>()
  let isMentioned = false
  for (const rule of criterion.coded ?? []) {
    const coded = readCoded(rule, chart, orderSide, asOf)
    isMentioned ||= coded.isMentioned
    days.push(...coded.days)
    for (const evidence of coded.evidence)
      findings.push({
        stance: evidence.stance,
        about: rule.about,
        isMinor: false,
        basis: coded.basis,
        evidence,
      })
  }
  for (const rule of criterion.notes ?? []) {
    for (const found of notes.find(rule)) {
      isMentioned = true
      const finding = toFinding(found, rule, 'note')
      if (finding === undefined) mentioned.add(rule.about)
      if (finding !== undefined) findings.push(finding)
      if (finding?.stance === 'supports' && found.day !== undefined) days.push(found.day)
    }
  }
  return {
    findings: unique(findings).filter((one) => verifier.isVerified(one.evidence)),
    days,
    isMentioned,
    mentioned,
  }
}

function readProposals(
  criterion: Criterion,
  { bundle, chart, notes }: Reading,
  proposals: readonly EvidenceProposal[],
): readonly Finding[] {
  const verifier = new Verifier(bundle, chart)
  return proposals
    .filter((one) => one.criterionId === criterion.criterionId)
    .flatMap((one) =>
      (criterion.notes ?? []).flatMap((rule) => {
        const found = notes.readProposed(rule, one.documentId, one.quote)
        if (found === undefined || found.evidence.stance !== one.stance) return []
        return toFinding(found, rule, 'model') ?? []
      }),
    )
    .map((one): Finding => ({ ...one, evidence: { ...one.evidence, proposedBy: 'model' } }))
    .filter((one) => verifier.isVerified(one.evidence))
}

function toFinding(
  { reading, evidence }: NoteFinding,
  rule: NoteRule,
  basis: Basis,
): Finding | undefined {
  if (reading === 'mentions') return undefined
  const isMinor = rule.kind === 'finding' && rule.isMinor === true
  return { stance: reading, about: rule.about, isMinor, basis, evidence }
}

type Settled = Omit<Answer, 'criterionId' | 'question'>

function settle(criterion: Criterion, reading: Reading, gathered: Gathered): Settled {
  const supports = gathered.findings.filter((one) => one.stance === 'supports')
  // Of two sentences the fuller one counts; codes that say more than the note does contradict it.
  const isTold = supports.some((one) => one.basis === 'note' || one.basis === 'model')
  const refutes = gathered.findings.filter(
    (one) => one.stance === 'refutes' || (one.stance === 'falls_short' && !isTold),
  )
  const evidence = [...supports, ...refutes].map((one) => one.evidence)
  const contradicts = refutes.some((no) => supports.some((yes) => isSameMatter(yes, no)))
  if (contradicts) {
    return {
      answer: 'unclear',
      grounds: 'contradiction',
      confidence: certainty.open,
      evidence,
      reason: 'the chart contradicts itself; both sides are shown',
    }
  }
  if (supports.length > 0) {
    return {
      answer: 'met',
      grounds: 'evidence',
      ...sureness(supports),
      evidence: supports.map((one) => one.evidence),
    }
  }
  const unread = unreadOf(criterion, reading, 'any')
  if (unread.length > 0) {
    return {
      answer: 'unclear',
      grounds: 'unread',
      confidence: 0,
      evidence,
      reason: `unknown: ${unread.join(', ')} could not be read completely`,
    }
  }
  if (refutes.length > 0 && isDeniedThroughout(criterion, gathered, refutes)) {
    return {
      answer: 'not_met',
      grounds: 'evidence',
      confidence: sureness(refutes).confidence,
      evidence,
      reason: refutes.some((one) => one.stance === 'falls_short')
        ? 'the chart falls short of what is asked'
        : 'the chart says that it is not so',
    }
  }
  const isMentioned = gathered.isMentioned || isElsewhere(criterion, reading)
  if (criterion.silence === 'not_met' && !isMentioned) {
    const tooShort = unreadOf(criterion, reading, 'absence')
    return tooShort.length > 0
      ? {
          answer: 'unclear',
          grounds: 'unread',
          confidence: 0,
          evidence,
          reason: `unknown: ${tooShort.join(', ')} were not read back far enough`,
        }
      : {
          answer: 'not_met',
          grounds: 'absence',
          confidence: certainty.absence,
          evidence,
          reason: 'not on the list, which was read completely',
        }
  }
  return isMentioned
    ? {
        answer: 'unclear',
        grounds: 'mentioned',
        confidence: 0,
        evidence,
        reason: 'mentioned, but not so that it settles the question',
      }
    : {
        answer: 'unclear',
        grounds: 'silent',
        confidence: 0,
        evidence,
        reason: 'the chart does not say',
      }
}

/** Only a list whose silence says no is compared with what stands elsewhere; a criterion with words of its own for notes has read them. */
function isElsewhere(criterion: Criterion, { bundle, chart, notes, asOf }: Reading): boolean {
  return (
    criterion.silence === 'not_met' &&
    (criterion.coded ?? []).some((rule) => isToldElsewhere(rule, bundle, chart, notes, asOf))
  )
}

/**
 * A no to one of several alternatives is a no to the question while the notes speak of no other: "denies fever" stands, unless they leave open whether drugs
 * were injected.
 */
function isDeniedThroughout(
  criterion: Criterion,
  { mentioned }: Gathered,
  refutes: readonly Finding[],
): boolean {
  const denied = new Set(refutes.map((one) => one.about))
  const isOpen = (about: string | undefined) => mentioned.has(about) && !denied.has(about)
  if (refutes.every((one) => one.isMinor)) return false
  return denied.has(undefined) || !(criterion.notes ?? []).some((rule) => isOpen(rule.about))
}

/** "Fever" denied and "drug injection" affirmed do not contradict each other; without a word of what they are about, two do. */
function isSameMatter(one: Finding, other: Finding): boolean {
  return one.about === undefined || other.about === undefined || one.about === other.about
}

function sureness(findings: readonly Finding[]): {
  readonly confidence: number
  readonly reason: string
} {
  const bases = new Set(findings.map((one) => one.basis))
  const isCoded = bases.has('coded')
  const isTold = bases.has('note')
  if (isCoded && isTold)
    return { confidence: certainty.coded_and_note, reason: 'found in coded data and the note' }
  if (isCoded) return { confidence: certainty.coded, reason: 'found in coded data' }
  if (isTold) return { confidence: certainty.note, reason: 'found in the note' }
  return bases.has('text')
    ? { confidence: certainty.text, reason: 'found in words of the coded lists' }
    : {
        confidence: certainty.model,
        reason: 'found in the note by a language model, and confirmed by the rules',
      }
}

const readsOf: Readonly<Record<CodedRule['from'], string | undefined>> = {
  conditions: 'Condition',
  observations: 'Observation',
  procedures: 'Procedure',
  medications: 'MedicationRequest',
  order: undefined,
  order_reasons: undefined,
  patient: undefined,
}

/** What the answer hangs on and could not be read; for `absence` also what was not read far enough back. */
function unreadOf(
  criterion: Criterion,
  { bundle, notes, asOf }: Reading,
  purpose: 'any' | 'absence',
): readonly string[] {
  const unread = new Set<string>()
  for (const rule of criterion.coded ?? []) {
    const resourceType = readsOf[rule.from]
    if (resourceType === undefined) continue
    if (!isComplete(bundle.completeness, resourceType)) unread.add(resourceType)
    else if (purpose === 'absence' && !reachesBack(rule, resourceType, bundle, asOf))
      unread.add(resourceType)
    // A study may stand in a report alone.
    if (purpose === 'absence' && resourceType === 'Procedure' && areReportsUnread(bundle))
      unread.add('DiagnosticReport')
  }
  if (criterion.notes === undefined) return [...unread]
  const isRead = isComplete(bundle.completeness, 'DocumentReference') && notes.isWhole
  return isRead ? [...unread] : [...unread, 'the notes']
}

/** What an EHR says that has no such resources at all. */
const notServed: ReadonlySet<string> = new Set(['ehr_not_found', 'ehr_not_supported'])

/** Reports were asked for, exist there, and were not read completely. */
function areReportsUnread({ completeness }: ClinicalBundle): boolean {
  return completeness.some(
    ({ resourceType, outcome, reason }) =>
      resourceType === 'DiagnosticReport' &&
      outcome !== 'complete' &&
      outcome !== 'not_asked' &&
      !notServed.has(reason ?? ''),
  )
}

function reachesBack(
  rule: CodedRule,
  resourceType: string,
  bundle: ClinicalBundle,
  asOf: string,
): boolean {
  const since = bundle.completeness.find((one) => one.resourceType === resourceType)?.since
  if (since === undefined) return true
  if (rule.within === undefined) return false
  return Date.parse(since) <= Date.parse(asOf) - (daysOf(rule.within) - slackDays) * 86_400_000
}

/** A window of twelve months is read by one that began twelve calendar months before: a leap day must not make it too short. */
const slackDays = 3

function unique(findings: readonly Finding[]): readonly Finding[] {
  const seen = new Map<string, Finding>()
  for (const one of findings) {
    const { source, quote, path } = one.evidence
    const key = `${source.resourceType}/${source.resourceId} ${path} ${quote?.start ?? ''} ${one.stance} ${one.about ?? ''}`
    if (!seen.has(key)) seen.set(key, one)
  }
  return [...seen.values()]
}
