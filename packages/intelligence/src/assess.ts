import {
  allOf,
  type Answer,
  type AssessedAnalysis,
  assessedDecisions,
  type Citation,
  type Condition,
  describeObstacles,
  obstaclesIn,
  type OrderSummary,
  type PathwayResult,
} from '@authscript/prior-auth'
import type { Answered } from './answers/answer-criterion.ts'
import type { AnswerContext } from './answers/answer-context.ts'
import type { FactStore } from './answers/chart-facts.ts'
import { conceptsOfPolicy } from './answers/policy-concepts.ts'
import { answerWithProposals } from './answers/second-reader/answer-with-proposals.ts'
import type { Fact } from './facts/fact.ts'
import { readingNotices } from './reading-notices.ts'
import { criteriaOf, evaluateRule, type Judgement, toCondition } from './policy/algebra.ts'
import type { Criterion, Pathway, Policy, Rule } from './policy/policy.ts'
import { cheapestFacts, type Fact as MissingFact } from './policy/why-not.ts'
import { scoreSupport } from './support/support.ts'

/** What to assess, and against which policy. */
export interface Assessment {
  readonly policy: Policy
  readonly need: 'required' | 'unknown'
  readonly order: OrderSummary
  readonly notices: readonly string[]
}

/**
 * Assesses one order against a policy, from the facts of its chart. `propose` returns the facts that a language
 * model found for a criterion.
 */
export function assess(
  { policy, need, order, notices }: Assessment,
  store: FactStore,
  chart: AnswerContext,
  propose: (criterion: Criterion) => readonly Fact[] = () => [],
): AssessedAnalysis {
  const context = { ...chart, policyConcepts: conceptsOfPolicy(policy) }
  const answered = new Map(
    policy.criteria.map((criterion) => [
      criterion.criterionId,
      answerWithProposals(criterion, store, context, propose(criterion)),
    ]),
  )
  const judgement: Judgement = { answers: answered, asOf: context.asOf }
  const answers = new Map([...answered].map(([id, one]) => [id, one.answer]))
  const verdict = evaluateRule(wholeOf(policy), judgement)
  const always = toCondition(policy.always, judgement)
  const support = scoreSupport(policy, answers, judgement, verdict)
  const restsOnModel = verdict === 'met' && !isMetByRules(policy, answered, context.asOf)
  return {
    outcome: 'assessed',
    order,
    policy: {
      policyId: policy.policyId,
      title: policy.title,
      version: policy.version,
      citations: citationsOf(policy),
      ...(policy.scope === undefined ? {} : { payers: policy.scope.payers }),
    },
    verdict,
    answers: [...answers.values()],
    pathways: policy.pathways.map((pathway) =>
      explain(pathway, policy, { answers, judgement, always }),
    ),
    always,
    recommendation: restsOnModel ? 'needs_info' : assessedDecisions[verdict].recommendation,
    confidence: support.value,
    confidenceReason: support.reason,
    missing: verdict === 'unclear' ? missingFacts(policy, judgement, always) : [],
    requirement: need,
    notices: [
      ...emergenciesOf(policy, answered),
      ...(restsOnModel
        ? [
            'the request is supported only by passages that a language model found; check them before it is sent',
          ]
        : []),
      ...notices,
      ...readingNotices(store, context.bundle),
    ],
  }
}

function wholeOf({ always, pathways }: Policy): Rule {
  return { all: [always, { any: pathways.map((pathway) => pathway.rule) }] }
}

/** The verdict without the answers that are yes only because of a language model. */
function isMetByRules(
  policy: Policy,
  answered: ReadonlyMap<string, Answered>,
  asOf: string,
): boolean {
  const answers = new Map(
    [...answered].map(([id, one]) => [
      id,
      one.isByModelAlone ? { ...one, value: 'unclear' as const, days: [] } : one,
    ]),
  )
  return evaluateRule(wholeOf(policy), { answers, asOf }) === 'met'
}

/** What a reviewer must see before anything else. */
function emergenciesOf(
  { criteria }: Policy,
  answered: ReadonlyMap<string, Answered>,
): readonly string[] {
  return criteria
    .filter((one) => answered.get(one.criterionId)?.isEmergencyStated === true)
    .map(
      ({ question }) =>
        `the note of this encounter mentions a possible emergency; check it first: ${question}`,
    )
}

/** The result of a pathway and the obstacles to it. The common requirements are part of every pathway. */
function explain(
  pathway: Pathway,
  policy: Policy,
  {
    answers,
    judgement,
    always,
  }: {
    readonly answers: ReadonlyMap<string, Answer>
    readonly judgement: Judgement
    readonly always: Condition
  },
): PathwayResult {
  const whole = { all: [policy.always, pathway.rule] }
  const condition = toCondition(pathway.rule, judgement)
  const obstacles = obstaclesIn(allOf(always, condition))
  return {
    pathwayId: pathway.pathwayId,
    label: pathway.label,
    result: evaluateRule(pathway.rule, judgement),
    criterionIds: [...criteriaOf(pathway.rule)],
    condition,
    obstacleIds: obstacles.map(({ criterionId }) => criterionId),
    whyNot: describeObstacles(obstacles, [...answers.values()]),
    cheapest: cheapestFacts(whole, judgement, effortsOf(policy)).facts.map((fact) =>
      toLine(fact, policy),
    ),
  }
}

/**
 * The facts that would settle the cheapest pathway, then every other one that is open in a pathway that may still be met. What the chart
 * denies is not among them: nobody is asked to find the contrary.
 */
function missingFacts(policy: Policy, judgement: Judgement, always: Condition): string[] {
  const [cheapest] = policy.pathways
    .map((pathway) =>
      cheapestFacts({ all: [policy.always, pathway.rule] }, judgement, effortsOf(policy)),
    )
    .sort((one, other) => one.cost - other.cost)
  const open = policy.pathways.flatMap((pathway) => {
    const whole = { all: [policy.always, pathway.rule] }
    if (evaluateRule(whole, judgement) !== 'unclear') return []
    const obstacles = obstaclesIn(allOf(always, toCondition(pathway.rule, judgement)))
    return obstacles.map(({ criterionId }) => criterionId)
  })
  const isOpen = (criterionId: string) => judgement.answers.get(criterionId)?.value === 'unclear'
  const lines = [
    ...(cheapest?.facts ?? []).filter(({ state }) => state === 'unclear'),
    ...open.filter(isOpen).map((criterionId) => ({ criterionId, state: 'unclear' as const })),
  ].map((fact) => toLine(fact, policy))
  return [...new Set(lines)]
}

function toLine(
  { criterionId, state }: Pick<MissingFact, 'criterionId' | 'state'>,
  policy: Policy,
): string {
  const missing =
    policy.criteria.find((one) => one.criterionId === criterionId)?.missing ?? criterionId
  return state === 'unclear' ? missing : `${missing} (the chart says otherwise today)`
}

function effortsOf(policy: Policy): ReadonlyMap<string, Criterion['effort']> {
  return new Map(policy.criteria.map((one) => [one.criterionId, one.effort]))
}

/** The sources of a policy as shown to the reviewer. */
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
