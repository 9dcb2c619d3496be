import type {
  Analysis,
  Answer,
  ClinicalBundle,
  OrderEntry,
  OrderSummary,
} from '@authscript/prior-auth'
import { answerCriterion } from './answer-criterion.ts'
import { scoreConfidence } from './confidence.ts'
import type { EvidenceProposal } from './evidence/proposal.ts'
import { NoteReader } from './evidence/notes.ts'
import { criteriaOf, evaluateRule } from './policy/algebra.ts'
import type { Policy } from './policy/policy.ts'
import { findPolicy } from './policy/registry.ts'
import { findNotRequired } from './policy/requirement.ts'
import { procedureCodeOf } from './procedure-code.ts'

/** The order to be judged is not in the chart that came with it. */
export class UnknownOrderError extends Error {
  override readonly name = 'UnknownOrderError'
  readonly code = 'unknown_order'

  constructor(serviceRequestId: string) {
    super(`order ${serviceRequestId} is not in the chart`)
  }
}

/** What may be known beside the chart. */
export interface AnalyzeOptions {
  /** Passages that someone else, a language model, takes for evidence. They are read again by the rules before they count. */
  readonly proposals?: readonly EvidenceProposal[]
  /** Shown to the reviewer as they are: a source that failed or was switched off. */
  readonly notices?: readonly string[]
}

/**
 * Judges one order of a chart: the same chart gives the same answer, today and next year, because the day of the visit is the day
 * it is judged by.
 *
 * @throws {UnknownOrderError} the chart has no such order
 */
export function analyze(
  bundle: ClinicalBundle,
  serviceRequestId: string,
  options: AnalyzeOptions = {},
): Analysis {
  const order = bundle.orders.find((one) => one.source.resourceId === serviceRequestId)
  if (order === undefined) throw new UnknownOrderError(serviceRequestId)
  const summary = summaryOf(order)
  if (summary.procedureCode === undefined) {
    return {
      outcome: 'no_procedure_code',
      order: summary,
      recommendation: 'needs_info',
      reason: 'the order carries no CPT or HCPCS code; add it in the chart',
    }
  }
  const asOf = visitDay(bundle, order)
  const policy = findPolicy(summary.procedureCode, asOf)
  if (policy !== undefined) return assess(bundle, summary, policy, asOf, options)
  const notRequired = findNotRequired(summary.procedureCode)
  if (notRequired !== undefined) {
    return {
      outcome: 'not_required',
      order: summary,
      recommendation: 'not_required',
      ...notRequired,
    }
  }
  return {
    outcome: 'no_policy',
    order: summary,
    recommendation: 'no_policy',
    reason: `no policy is known for ${summary.procedureCode}; whether it needs prior authorization is unknown`,
  }
}

function assess(
  bundle: ClinicalBundle,
  order: OrderSummary,
  policy: Policy,
  asOf: string,
  options: AnalyzeOptions,
): Analysis {
  const notes = new NoteReader(bundle, asOf)
  const answers = new Map<string, Answer>(
    policy.criteria.map((criterion) => [
      criterion.criterionId,
      answerCriterion(criterion, bundle, notes, order.serviceRequestId, asOf),
    ]),
  )
  const values = new Map([...answers].map(([id, answer]) => [id, answer.answer]))
  const verdict = evaluateRule(
    { all: [policy.always, { any: policy.pathways.map((pathway) => pathway.rule) }] },
    values,
  )
  const confidence = scoreConfidence(policy, answers, verdict)
  return {
    outcome: 'assessed',
    order,
    policy: {
      policyId: policy.policyId,
      title: policy.title,
      version: policy.version,
      citations: [...policy.citations],
    },
    verdict,
    answers: [...answers.values()],
    pathways: policy.pathways.map((pathway) => ({
      pathwayId: pathway.pathwayId,
      label: pathway.label,
      result: evaluateRule(pathway.rule, values),
      criterionIds: [...criteriaOf(pathway.rule)],
      whyNot: [],
      cheapest: [],
    })),
    recommendation: recommendations[verdict],
    confidence: confidence.value,
    confidenceReason: confidence.reason,
    missing: verdict === 'unclear' ? missingFacts(policy, values) : [],
    requirement: 'unknown',
    notices: [...(options.notices ?? [])],
  }
}

const recommendations = {
  met: 'approve',
  unclear: 'needs_info',
  not_met: 'requirements_not_met',
} as const

/** What would settle the nearest way: fewest open questions first. */
function missingFacts(policy: Policy, values: ReadonlyMap<string, Answer['answer']>): string[] {
  const open = (ids: readonly string[]) => ids.filter((id) => values.get(id) === 'unclear')
  const ways = policy.pathways
    .filter((pathway) => evaluateRule(pathway.rule, values) === 'unclear')
    .map((pathway) => open(criteriaOf(pathway.rule)))
    .sort((a, b) => a.length - b.length)
  const ids = [...new Set([...open(criteriaOf(policy.always)), ...(ways[0] ?? [])])]
  return ids.flatMap(
    (id) => policy.criteria.find((criterion) => criterion.criterionId === id)?.missing ?? [],
  )
}

function summaryOf(order: OrderEntry): OrderSummary {
  const { code } = order
  const description =
    code.text ?? code.codings.find((coding) => coding.display !== undefined)?.display
  return {
    serviceRequestId: order.source.resourceId,
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
