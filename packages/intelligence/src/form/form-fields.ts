import {
  americanDate,
  type Analysis,
  type Answer,
  type ClinicalBundle,
  type Concept,
  type Evidence,
  type FormContent,
  type OrderEntry,
  orderIdOf,
} from '@authscript/prior-auth'
import { findOrder } from '../find-order.ts'
import { isActive, isConfirmed } from '../condition-status.ts'
import { systemNameOf } from '../codes/system-name.ts'
import { primaryCoverage } from '../primary-coverage.ts'
import { careSettingOf } from './care-setting.ts'
import { imagingActionOf } from './imaging-action.ts'
import { peopleOf } from './people.ts'
import { present } from './present.ts'

/**
 * The content of the form, from the chart alone. A value that the chart does not have stays absent (invariant
 * 6), and fields that people sign or attest are not filled (invariant 9). `requestDate` is the day the form is
 * filled, `YYYY-MM-DD`. Dates in the content are American, `MM/DD/YYYY`, because a clerk of the payer reads
 * them.
 */
export function toFormContent(
  bundle: ClinicalBundle,
  analysis: Analysis,
  requestDate: string,
): FormContent {
  const { patient } = bundle
  const { serviceRequestId, procedureCode, procedureSystem, description } = analysis.order
  const order = findOrder(bundle, orderIdOf(analysis.order))
  const coverage = primaryCoverage(bundle, order)
  const people = peopleOf(bundle, order)
  const diagnoses = diagnosesOf(bundle, order)
  const name = joined([patient.givenNames.join(' '), patient.familyName], ' ')
  const start = inWords(order?.occurrenceStart)
  const end = inWords(order?.occurrenceEnd)
  const birthDate = inWords(patient.birthDate)
  const isSubscriber = coverage?.relationship === 'self' || coverage?.subscriberName === name

  return {
    subject: {
      practiceId: bundle.practiceId,
      patientId: patient.source.resourceId,
      serviceRequestId,
      ...present({ name, birthDate, memberId: coverage?.memberId }),
    },
    values: present({
      'payer.name': coverage?.payerName,
      'payer.plan': coverage?.planName,
      'payer.phone': coverage?.payerPhone,
      'payer.fax': coverage?.payerFax,
      'submission.date': americanDate(requestDate),
      'review.urgentReason': reasonForUrgency(order),
      'patient.name': name,
      'patient.firstName': patient.givenNames[0],
      'patient.lastName': patient.familyName,
      'patient.birthDate': birthDate,
      'patient.phone': patient.phone,
      'patient.address': patient.address,
      'patient.street': patient.postalAddress?.street,
      'patient.city': patient.postalAddress?.city,
      'patient.state': patient.postalAddress?.state,
      'patient.zip4': patient.postalAddress?.postalCode,
      'coverage.memberId': coverage?.memberId,
      'coverage.group': coverage?.groupNumber,
      'coverage.subscriberName': isSubscriber ? undefined : coverage?.subscriberName,
      ...people.values,
      icdVersion: diagnoses.length === 0 ? undefined : '10',
      'clinical.narrative': justificationOf(analysis),
    }),
    choices: present({
      'patient.gender': patient.gender,
      review:
        order?.priority === undefined
          ? undefined
          : order.priority === 'routine'
            ? ('standard' as const)
            : ('urgent' as const),
      setting: careSettingOf(bundle, order),
      action: procedureSystem === 'hcpcs' ? undefined : imagingActionOf(procedureCode),
    }),
    services:
      procedureCode === undefined && description === undefined
        ? []
        : [present({ code: procedureCode, description, start, end, quantity: order?.quantity })],
    diagnoses,
    requesterIs: people.requesterIs,
    ...(analysis.outcome === 'assessed'
      ? { policy: { policyId: analysis.policy.policyId, title: analysis.policy.title } }
      : {}),
    criteria:
      analysis.outcome === 'assessed'
        ? analysis.answers.map(({ question, answer, reason, evidence }) => ({
            question,
            answer,
            reason,
            evidence: [...linesOf(evidence)],
          }))
        : [],
  }
}

const urgentWords = /\b(urgent|urgently|emergen\w+|stat|asap|immediate(ly)?|life.threatening)\b/i
const notUrgentWords =
  /\b(not|non|no|isn't|without)[\s-]+(an?\s+)?(urgent|emergen|stat\b)|\broutine\b/i

/** The full text that the clinician wrote on the order; no reason is ever generated. */
function reasonForUrgency(order: OrderEntry | undefined): string | undefined {
  if (order?.priority === undefined || order.priority === 'routine') return undefined
  return order.notes.find((note) => urgentWords.test(note) && !notUrgentWords.test(note))
}

type Diagnosis = FormContent['diagnoses'][number]

/** A claim holds twelve. @see CMS-1500 (02/12), item 21 */
const maxDiagnoses = 12

/**
 * ICD-10-CM only: a SNOMED code is not billable, and unconfirmed diagnoses are not coded (ICD-10-CM guidelines,
 * section IV.H). If the order states its reasons, other problems of the patient are not disclosed (45 CFR
 * 164.502(b), minimum necessary).
 */
function diagnosesOf(bundle: ClinicalBundle, order: OrderEntry | undefined): readonly Diagnosis[] {
  const stands = bundle.conditions.filter(isConfirmed)
  const referenced = stands.filter(
    (one) => order?.reasonConditionIds.includes(one.source.resourceId) === true,
  )
  const ordered = icd10(
    [...(order?.reasons ?? []), ...referenced.map((one) => one.code)],
    maxDiagnoses,
  )
  if (ordered.length > 0) return ordered
  return icd10(
    stands.filter(isActive).map((one) => one.code),
    maxDiagnoses,
  )
}

function icd10(concepts: readonly Concept[], limit: number): readonly Diagnosis[] {
  const found = new Map<string, Diagnosis>()
  for (const concept of concepts) {
    for (const { system, code, display } of concept.codings) {
      if (systemNameOf(system) !== 'icd10cm' || code === undefined || found.has(code)) continue
      found.set(code, { code, ...present({ description: display ?? concept.text }) })
    }
  }
  return [...found.values()].slice(0, limit)
}

/** More is on the addendum. */
const maxSupport = 3

/** The met answers with their evidence, as a person would write them. */
function justificationOf(analysis: Analysis): string | undefined {
  if (analysis.outcome !== 'assessed') return undefined
  const met = analysis.answers.filter((one) => one.answer === 'met')
  return joined(met.map(paragraphOf), '\n')
}

function paragraphOf(answer: Answer): string {
  const support = linesOf(answer.evidence.filter((one) => one.stance === 'supports'))
  // A person may answer yes without a passage of the chart; then their reason says why.
  const why = support.length === 0 ? answer.reason : support.slice(0, maxSupport).join('; ')
  return `${answer.question} Yes: ${why}.`
}

/** Each piece of evidence once, with its days: quotes first, then codes, then what settles nothing. */
function linesOf(evidence: readonly Evidence[]): readonly string[] {
  const days = new Map<string, Set<string>>()
  for (const one of evidence.toSorted((first, second) => rankOf(first) - rankOf(second))) {
    const text = textOf(one)
    const known = days.get(text) ?? new Set()
    if (one.date !== undefined) known.add(americanDate(one.date))
    days.set(text, known)
  }
  return [...days].map(([text, dates]) =>
    dates.size === 0 ? text : `${text} (${[...dates].join(', ')})`,
  )
}

function rankOf({ stance, quote }: Evidence): number {
  if (stance === 'mentions') return 2
  return quote === undefined ? 1 : 0
}

function textOf({ stance, quote, summary }: Evidence): string {
  const stated = quote === undefined ? withPlainUnits(summary) : `"${onOneLine(quote.text)}"`
  return `${stanceWords[stance]}${stated}`
}

/**
 * Units as people write them. EHRs may send them as codes, in which braces hold a remark.
 *
 * @see https://ucum.org/ucum, section 2.3
 */
function withPlainUnits(text: string): string {
  return text.replaceAll('mm[Hg]', 'mmHg').replaceAll(/(?<=\d\s?)\{([^{}]*)\}/g, '$1')
}

const stanceWords: Readonly<Record<Evidence['stance'], string>> = {
  supports: '',
  refutes: 'against: ',
  mentions: 'mentioned: ',
}

/** A quote on one line: the line breaks of the note are not those of the form. */
function onOneLine(quote: string): string {
  return quote.trim().replaceAll(/\s+/g, ' ').replace(/[.;]$/, '')
}

function inWords(date: string | undefined): string | undefined {
  return date === undefined ? undefined : americanDate(date)
}

function joined(parts: readonly (string | undefined)[], separator: string): string | undefined {
  const present = parts.filter((part) => part !== undefined && part !== '')
  return present.length === 0 ? undefined : present.join(separator)
}
