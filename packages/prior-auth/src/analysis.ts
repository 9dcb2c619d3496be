import { z } from 'zod'
import { answerValue } from './answer-value.ts'
import { condition } from './condition.ts'
import { evidence } from './evidence.ts'
import type { Immutable } from './immutable.ts'
import { orderType } from './order.ts'

/** The answer to one question of the payer. `met` always has supporting evidence (invariant 4). */
export const answer = z.object({
  criterionId: z.string(),
  question: z.string(),
  answer: answerValue,
  /** The reason in one sentence for the reviewer. */
  reason: z.string(),
  evidence: z.array(evidence),
  /**
   * What the answer is based on. `unread`: unknown, because something could not be read. `mentioned`: mentioned,
   * but not in a way that settles the question.
   */
  grounds: z
    .enum(['evidence', 'absence', 'contradiction', 'unread', 'mentioned', 'silent'])
    .default('silent'),
  /** 0..1: how certain the evidence is; 0 for a criterion without evidence. */
  confidence: z.number().min(0).max(1),
})

/** One of a policy's alternatives, such as "red flag" or "conservative care". */
export const pathwayResult = z.object({
  pathwayId: z.string(),
  label: z.string(),
  result: answerValue,
  criterionIds: z.array(z.string()),
  /** What this alternative requires in addition to the common requirements. Absent where only its result is known. */
  condition: condition.optional(),
  /** The questions that keep this alternative from being met, those of the common requirements included. */
  obstacleIds: z.array(z.string()).default([]),
  /** The obstacles, one line per criterion; empty for a pathway that is met. */
  whyNot: z.array(z.string()).default([]),
  /** The fewest and cheapest facts that would make this pathway `met`; empty if it is met or nothing could. */
  cheapest: z.array(z.string()).default([]),
})

export const citation = z.object({
  document: z.string(),
  section: z.string().optional(),
  date: z.string().optional(),
  url: z.string().optional(),
})

export const policySummary = z.object({
  policyId: z.string(),
  title: z.string(),
  version: z.string(),
  citations: z.array(citation),
  /** Whose policy it is. Absent: general criteria, used for any payer that has no policy of its own here. */
  payers: z.array(z.string()).optional(),
})

/**
 * The assessed order. `procedureCode` is a CPT or HCPCS code from the order itself, never a default (invariant
 * 6).
 */
export const orderSummary = z.object({
  /** The id of the order; `orderType` gives its type if it is not a ServiceRequest. */
  serviceRequestId: z.string(),
  orderType: orderType.default('ServiceRequest'),
  procedureCode: z.string().optional(),
  procedureSystem: z.enum(['cpt', 'hcpcs']).optional(),
  /** `text`: the order has no code, and its text names exactly this service. */
  procedureCodeFrom: z.enum(['coding', 'text']).optional(),
  description: z.string().optional(),
})

export const recommendation = z.enum([
  'approve',
  'needs_info',
  'requirements_not_met',
  'not_required',
  'no_policy',
])

/** The result of assessing one order. Expected outcomes are values, not errors. */
export const analysis = z.discriminatedUnion('outcome', [
  z.object({
    outcome: z.literal('assessed'),
    order: orderSummary,
    policy: policySummary,
    verdict: answerValue,
    answers: z.array(answer),
    pathways: z.array(pathwayResult),
    /** The requirements that are part of every pathway. Absent where only the results are known. */
    always: condition.optional(),
    recommendation: z.enum(['approve', 'needs_info', 'requirements_not_met']),
    confidence: z.number().min(0).max(1),
    confidenceReason: z.string(),
    /** What a person could add to the chart to settle an `unclear`, most useful first. */
    missing: z.array(z.string()),
    /** Whether the payer requires prior authorization; `unknown` if no rule applies. */
    requirement: z.enum(['required', 'unknown']).default('unknown'),
    /**
     * What the reviewer must know about how this was assessed: a source that was switched off or failed, a text
     * that was set aside.
     */
    notices: z.array(z.string()).default([]),
  }),
  z.object({
    outcome: z.literal('not_required'),
    order: orderSummary,
    recommendation: z.literal('not_required'),
    reason: z.string(),
    notices: z.array(z.string()).optional(),
    citations: z.array(citation),
  }),
  z.object({
    outcome: z.literal('no_policy'),
    order: orderSummary,
    recommendation: z.literal('no_policy'),
    reason: z.string(),
    notices: z.array(z.string()).optional(),
  }),
  z.object({
    outcome: z.literal('no_procedure_code'),
    order: orderSummary,
    recommendation: z.literal('needs_info'),
    reason: z.string(),
    notices: z.array(z.string()).optional(),
  }),
])

export type Recommendation = z.infer<typeof recommendation>
export type Answer = Immutable<z.infer<typeof answer>>
export type PathwayResult = Immutable<z.infer<typeof pathwayResult>>
export type Citation = Immutable<z.infer<typeof citation>>
export type PolicySummary = Immutable<z.infer<typeof policySummary>>
export type OrderSummary = Immutable<z.infer<typeof orderSummary>>
export type Analysis = Immutable<z.infer<typeof analysis>>
export type AssessedAnalysis = Extract<Analysis, { readonly outcome: 'assessed' }>
