import {
  type Analysis,
  type Answer,
  assessedDecisions,
  type ClinicalBundle,
  type Citation,
  type OrderEntry,
  orderKeyOf,
  type OrderSummary,
  otherDecisions,
  type PathwayResult,
} from '@authscript/prior-auth'
import { answerCriterion, type Reading } from './answer-criterion.ts'
import { scoreConfidence } from './confidence/confidence.ts'
import { ChartIndex } from './evidence/coded/chart-index.ts'
import { sideOfOrder } from './evidence/coded/side-of-entry.ts'
import { NoteReader } from './evidence/notes/note-reader.ts'
import type { EvidenceProposal } from './evidence/proposal.ts'
import { criteriaOf, evaluateRule, type Judgement } from './policy/algebra.ts'
import type { Criterion, Pathway, Policy } from './policy/policy.ts'
import { findPolicy, policies } from './policy/registry.ts'
import { cheapestFacts, type Fact, obstaclesOf } from './policy/why-not.ts'
import { chartNotices } from './chart-notices.ts'
import { primaryCoverage } from './primary-coverage.ts'
import { findOrder } from './order-of-chart.ts'
import { procedureCodeOf } from './procedure-code.ts'
import { findRequirement } from './requirement/find-requirement.ts'
import { type PlaceOfService, toPlaceOfService } from './requirement/place-of-service.ts'

/** The order to be judged is not in the chart that came with it. */
export class UnknownOrderError extends Error {
  override readonly name = 'UnknownOrderError'
  readonly code = 'unknown_order'

  constructor(orderId: string) {
    super(`order ${orderId} is not in the chart`)
  }
}

/** What may be known beside the chart. */
export interface AnalyzeOptions {
  /** Passages that someone else, a language model, takes for evidence. They are read again by the rules before they count. */
  readonly proposals?: readonly EvidenceProposal[]
  /** Shown to the reviewer as they are: a source that failed or was switched off. */
  readonly notices?: readonly string[]
  /** Ids of policies that are off by default, because a source could not be verified, and that the practice has switched on. */
  readonly switchedOn?: readonly string[]
  /** @default the catalogue */
  readonly policies?: readonly Policy[]
}

/**
 * Judges one order of a chart: the same chart gives the same answer, today and next year, because the day of the visit is the day
 * it is judged by.
 *
 * `orderId` is that of `orderIdOf`.
 *
 * @throws {UnknownOrderError} the chart has no such order
 */
export function analyze(
  bundle: ClinicalBundle,
  orderId: string,
  options: AnalyzeOptions = {},
): Analysis {
  const order = findOrder(bundle, orderId)
  if (order === undefined) throw new UnknownOrderError(orderId)
  const summary = summaryOf(order)
  const notices = [
    ...chartNotices(bundle, order),
    ...noticesOfCode(summary),
    ...(options.notices ?? []),
  ]
  const told = notices.length === 0 ? {} : { notices }
  if (summary.procedureCode === undefined) {
    return {
      outcome: 'no_procedure_code',
      order: summary,
      ...told,
      recommendation: otherDecisions.no_procedure_code.recommendation,
      reason: 'the order carries no CPT or HCPCS code; add it in the chart',
    }
  }
  const asOf = visitDay(bundle, order)
  const coverage = primaryCoverage(bundle, order)
  const question = {
    procedureCode: summary.procedureCode,
    serviceDay: asOf,
    payerName: coverage?.payerName,
    planName: coverage?.planName,
  }
  const requirement = findRequirement({ ...question, placeOfService: placeOf(bundle, order) })
  if (requirement.need === 'not_required') {
    return {
      outcome: 'not_required',
      order: summary,
      ...told,
      recommendation: otherDecisions.not_required.recommendation,
      reason: requirement.reason,
      citations: [...requirement.citations],
    }
  }
  const { policy, off } = findPolicy(
    { ...question, switchedOn: options.switchedOn ?? [] },
    options.policies ?? policies,
  )
  if (policy !== undefined)
    return assess(
      bundle,
      order,
      summary,
      { policy, need: requirement.need, asOf, notices },
      options,
    )
  return {
    outcome: 'no_policy',
    order: summary,
    ...told,
    recommendation: otherDecisions.no_policy.recommendation,
    reason: `${
      off === undefined
        ? `no policy is known for ${summary.procedureCode}`
        : `the policy "${off.title}" is switched off: ${off.off ?? ''}`
    }; ${requirement.reason}`,
  }
}

/**
 * Where the ordered service is done: here and now in an emergency department or on a ward. What an office visit orders is mostly done
 * elsewhere, and the chart does not say where.
 */
function placeOf(bundle: ClinicalBundle, order: OrderEntry): PlaceOfService {
  const place = toPlaceOfService(bundle.encounter.classCode)
  const isHere = place === 'emergency' || place === 'inpatient' || place === 'observation'
  const end = bundle.encounter.periodEnd ?? bundle.encounter.periodStart
  const isLater =
    order.occurrenceStart !== undefined &&
    end !== undefined &&
    order.occurrenceStart.slice(0, 10) > end.slice(0, 10)
  return isHere && !isLater ? place : 'unknown'
}

interface Basis {
  readonly policy: Policy
  readonly need: 'required' | 'unknown'
  readonly asOf: string
  readonly notices: readonly string[]
}

function assess(
  bundle: ClinicalBundle,
  order: OrderEntry,
  summary: OrderSummary,
  { policy, need, asOf, notices }: Basis,
  options: AnalyzeOptions,
): Analysis {
  const orderSide = sideOfOrder(order)
  const notes = new NoteReader(bundle, asOf, orderSide)
  const reading: Reading = {
    bundle,
    chart: new ChartIndex(bundle, order, asOf),
    notes,
    orderSide,
    asOf,
  }
  const answered = new Map(
    policy.criteria.map((criterion) => [
      criterion.criterionId,
      answerCriterion(criterion, reading, options.proposals ?? []),
    ]),
  )
  const judgement: Judgement = { answers: answered, asOf }
  const answers = new Map([...answered].map(([id, one]) => [id, one.answer]))
  const verdict = evaluateRule(
    { all: [policy.always, { any: policy.pathways.map((pathway) => pathway.rule) }] },
    judgement,
  )
  const confidence = scoreConfidence(policy, answers, judgement, verdict)
  return {
    outcome: 'assessed',
    order: summary,
    policy: {
      policyId: policy.policyId,
      title: policy.title,
      version: policy.version,
      citations: citationsOf(policy),
    },
    verdict,
    answers: [...answers.values()],
    pathways: policy.pathways.map((pathway) => explain(pathway, policy, answers, judgement)),
    recommendation: assessedDecisions[verdict].recommendation,
    confidence: confidence.value,
    confidenceReason: confidence.reason,
    missing: verdict === 'unclear' ? missingFacts(policy, judgement) : [],
    requirement: need,
    notices: [...notices, ...noticesOf(notes)],
  }
}

/** What a pathway came to, and what stands in its way: what every request needs is part of every way. */
function explain(
  pathway: Pathway,
  policy: Policy,
  answers: ReadonlyMap<string, Answer>,
  judgement: Judgement,
): PathwayResult {
  const whole = { all: [policy.always, pathway.rule] }
  const questionOf = (id: string) => answers.get(id)?.question ?? id
  return {
    pathwayId: pathway.pathwayId,
    label: pathway.label,
    result: evaluateRule(pathway.rule, judgement),
    criterionIds: [...criteriaOf(pathway.rule)],
    whyNot: obstaclesOf(whole, judgement).map(({ criterionId, state, isWanted }) => {
      const answer = answers.get(criterionId)
      const word = state === 'unclear' ? 'Unknown' : isWanted ? 'No' : 'Yes'
      return `${questionOf(criterionId)} ${word}: ${answer?.reason ?? 'not asked'}`
    }),
    cheapest: cheapestFacts(whole, judgement, effortsOf(policy)).facts.map((fact) =>
      toLine(fact, policy),
    ),
  }
}

/** The facts that would settle the cheapest way, none of which the chart denies. */
function missingFacts(policy: Policy, judgement: Judgement): string[] {
  const [cheapest] = policy.pathways
    .map((pathway) =>
      cheapestFacts({ all: [policy.always, pathway.rule] }, judgement, effortsOf(policy)),
    )
    .sort((one, other) => one.cost - other.cost)
  return (cheapest?.facts ?? []).map((fact) => toLine(fact, policy))
}

function toLine({ criterionId, state }: Fact, policy: Policy): string {
  const missing =
    policy.criteria.find((one) => one.criterionId === criterionId)?.missing ?? criterionId
  return state === 'unclear' ? missing : `${missing} (the chart says otherwise today)`
}

function effortsOf(policy: Policy): ReadonlyMap<string, Criterion['effort']> {
  return new Map(policy.criteria.map((one) => [one.criterionId, one.effort]))
}

/** The sources of a policy as the reviewer reads them. */
function citationsOf(policy: Policy): Citation[] {
  return Object.values(policy.sources).map(({ document, section, date, url, basis, verified }) => ({
    document,
    section:
      basis === 'our_default'
        ? `${section} (our default, not a published figure)`
        : verified === undefined
          ? `${section} (not verified)`
          : section,
    date,
    ...(url === undefined ? {} : { url }),
  }))
}

function noticesOf(notes: NoteReader): string[] {
  const restricted = notes.restrictedDocumentIds
  return [
    ...notes.hostileDocumentIds.map(
      (documentId) =>
        `note ${documentId} holds text that speaks to software; that part was set aside, read it yourself`,
    ),
    ...(restricted.length === 0
      ? []
      : [
          `notes whose confidentiality is restricted were read: ${restricted.join(', ')}; check what of them may be sent`,
        ]),
  ]
}

function noticesOfCode({ procedureCode, procedureCodeFrom, description }: OrderSummary): string[] {
  if (procedureCodeFrom !== 'text' || procedureCode === undefined) return []
  return [
    `the order carries no code; ${procedureCode} was taken from its words "${description ?? ''}": check it, and add the code to the order`,
  ]
}

function summaryOf(order: OrderEntry): OrderSummary {
  const { code } = order
  const description =
    code.text ?? code.codings.find((coding) => coding.display !== undefined)?.display
  return {
    ...orderKeyOf(order),
    ...procedureCodeOf(code),
    ...(description === undefined ? {} : { description }),
  }
}

/** `YYYY-MM-DD` of the visit, else of the order. A chart that names no day is judged as undated: no window can be met. */
function visitDay(bundle: ClinicalBundle, order: OrderEntry): string {
  const date = bundle.encounter.periodStart ?? bundle.encounter.periodEnd ?? order.authoredOn
  const day = date?.slice(0, 10) ?? '9999-12-31'
  return day.length === 10 ? day : `${day}-01-01`.slice(0, 10)
}
