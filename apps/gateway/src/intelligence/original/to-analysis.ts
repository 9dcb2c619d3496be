import {
  type Analysis,
  type Answer,
  type AnswerValue,
  type ClinicalBundle,
  isComplete,
  type OrderSummary,
} from '@authscript/prior-auth'
import { findPointer } from './find-pointer.ts'
import type { EvidenceItem, PaFormData } from './pa-form-data.ts'

/** The resource types sent to the service: if one was not read completely, its "not met" may be caused by our gap. */
const shownKinds = [
  'Condition',
  'Observation',
  'Procedure',
  'MedicationRequest',
  'DocumentReference',
  'ServiceRequest',
]

/** Converts the service's answer to our `Analysis`, and checks each of its claims against the chart. */
export function toAnalysis(
  data: PaFormData,
  order: OrderSummary,
  bundle: ClinicalBundle,
): Analysis {
  switch (data.recommendation) {
    case 'NOT_REQUIRED':
    case 'NO_PA_REQUIRED':
      return {
        outcome: 'not_required',
        order,
        recommendation: 'not_required',
        reason: 'the intelligence service says that no prior authorization is required',
        citations: citationsOf(data),
      }
    case 'APPROVE':
      return assessed(data, order, bundle, 'met')
    case 'DENY':
      return assessed(data, order, bundle, 'not_met')
    case 'MANUAL_REVIEW':
    case 'NEED_INFO':
    case 'NEEDS_INFO':
      return assessed(data, order, bundle, 'unclear')
  }
}

const recommendations = {
  met: 'approve',
  unclear: 'needs_info',
  not_met: 'requirements_not_met',
} as const

function assessed(
  data: PaFormData,
  order: OrderSummary,
  bundle: ClinicalBundle,
  claimed: AnswerValue,
): Analysis {
  const isFullyRead = isChartFullyRead(bundle)
  const answers = data.supporting_evidence.map((item) => answerOf(item, bundle, isFullyRead))
  const verdict = supportedVerdict(claimed, answers)
  const kept = answers.filter(
    ({ answer }, index) => answer === values[data.supporting_evidence[index]?.status ?? 'UNCLEAR'],
  ).length
  const keptShare = answers.length === 0 ? 0 : kept / answers.length
  const open = answers.filter(({ answer }) => answer !== 'met')
  return {
    outcome: 'assessed',
    order,
    policy: {
      policyId: data.policy_id ?? 'unnamed',
      title: data.policy_id ?? 'A policy that the intelligence service does not name',
      version: 'unknown',
      citations: citationsOf(data),
    },
    verdict,
    answers,
    pathways: [
      {
        pathwayId: 'every_criterion',
        label: 'Every criterion of the intelligence service',
        result: verdict,
        criterionIds: answers.map(({ criterionId }) => criterionId),
        obstacleIds: verdict === 'met' ? [] : open.map(({ criterionId }) => criterionId),
        whyNot:
          verdict === 'met' ? [] : open.map(({ question, reason }) => `${question}: ${reason}`),
        cheapest: [],
      },
    ],
    recommendation: recommendations[verdict],
    confidence: Math.min(data.confidence_score, keptShare),
    confidenceReason: `the service's score of ${data.confidence_score}, at most the share of its ${answers.length} answers that the chart confirms (${kept})`,
    missing: verdict === 'unclear' ? open.map(({ question }) => question) : [],
    requirement: 'unknown',
    notices: [
      'analyzed by an intelligence service outside of this gateway; its pointers were re-read, its criteria were not',
      ...(verdict === claimed
        ? []
        : [`the service recommends ${data.recommendation}, which its evidence does not support`]),
    ],
  }
}

/** A recommendation only counts if checked answers support it: approval needs every criterion, denial at least one. */
function supportedVerdict(claimed: AnswerValue, answers: readonly Answer[]): AnswerValue {
  switch (claimed) {
    case 'met':
      return answers.length > 0 && answers.every(({ answer }) => answer === 'met')
        ? 'met'
        : 'unclear'
    case 'not_met':
      return answers.some(({ answer }) => answer === 'not_met') ? 'not_met' : 'unclear'
    case 'unclear':
      return 'unclear'
  }
}

const values = { MET: 'met', NOT_MET: 'not_met', UNCLEAR: 'unclear' } as const

/** An answer with its grounds. */
type GroundedAnswer = Answer & { readonly grounds: 'evidence' | 'unread' | 'mentioned' | 'silent' }

function answerOf(
  item: EvidenceItem,
  bundle: ClinicalBundle,
  isFullyRead: boolean,
): GroundedAnswer {
  const pointer = findPointer(item, item.status === 'NOT_MET' ? 'refutes' : 'supports', bundle)
  const about = {
    criterionId: item.criterion_id,
    question: item.criterion_label ?? item.criterion_id,
    confidence: item.confidence ?? 0,
    evidence: pointer === undefined ? [] : [pointer],
  }
  switch (item.status) {
    case 'MET':
      return pointer === undefined
        ? {
            ...about,
            answer: 'unclear',
            grounds: 'silent',
            confidence: 0,
            reason: 'the service says yes, without a pointer that can be re-read',
          }
        : {
            ...about,
            answer: 'met',
            grounds: 'evidence',
            reason: 'the service says yes, and what it points at is in the chart',
          }
    case 'NOT_MET':
      return isFullyRead
        ? { ...about, answer: 'not_met', grounds: 'evidence', reason: 'the service says no' }
        : {
            ...about,
            answer: 'unclear',
            grounds: 'unread',
            reason: 'the service says no, but the chart could not be read completely',
          }
    case 'UNCLEAR':
      return {
        ...about,
        answer: 'unclear',
        grounds: 'mentioned',
        reason: 'the service could not tell',
      }
  }
}

function isChartFullyRead({ completeness, documents }: ClinicalBundle): boolean {
  return (
    shownKinds.every((kind) => isComplete(completeness, kind)) &&
    documents.every(({ content }) => content.kind === 'text' && content.unreadParts === undefined)
  )
}

function citationsOf({ lcd_reference: reference }: PaFormData) {
  return reference === null || reference === undefined ? [] : [{ document: reference }]
}
