import type {
  AnswerChange,
  AnswerChangeRequest,
  AnswerValue,
  ClinicalBundle,
  Evidence,
} from '@authscript/prior-auth'
import type { Scope } from '../../store/scope.ts'
import {
  type ChangeOutcome,
  refused,
  type ReviewDependencies,
  type SeenItem,
} from '../change-outcome.ts'
import { redraft } from './redraft.ts'

/** Gives a question a person's answer. The rules' answer is kept, too. */
export function changeAnswer(
  scope: Scope,
  seen: SeenItem & { readonly criterionId: string; readonly request: AnswerChangeRequest },
  dependencies: ReviewDependencies,
): Promise<ChangeOutcome> {
  const { workItemId, criterionId, request, actor } = seen
  const { reason } = request
  return redraft(
    scope,
    seen,
    ({ analysis, bundle, input }, now) => {
      const charted = analysis.answers.find((one) => one.criterionId === criterionId)
      if (charted === undefined)
        return { outcome: 'unknown', what: `question ${criterionId} of work item ${workItemId}` }
      const evidence =
        request.evidence && checkedEvidence(request.evidence, request.answer, bundle, actor)
      if (request.evidence !== undefined && evidence === undefined)
        return refused(
          'evidence_not_in_chart',
          'the selected passage is not in the text of that document; select it again',
        )
      const change: AnswerChange = {
        criterionId,
        chartAnswer: charted.answer,
        answer: request.answer,
        reason,
        ...(evidence === undefined ? {} : { evidence }),
        changedBy: actor,
        changedAt: now.toISOString(),
      }
      const before = input.changes.find((one) => one.criterionId === criterionId)
      const from =
        before !== undefined && before.chartAnswer === charted.answer
          ? before.answer
          : charted.answer
      const others = input.changes.filter((one) => one !== before)
      return {
        input: { ...input, changes: [...others, change] },
        line: {
          kind: 'answer_changed',
          data: { criterionId, question: charted.question, from, to: request.answer, reason },
        },
        save: (transaction) => transaction.answerChanges.put(workItemId, change),
      }
    },
    dependencies,
  )
}

const stances = {
  met: 'supports',
  not_met: 'refutes',
  unclear: 'mentions',
} as const satisfies Record<AnswerValue, Evidence['stance']>

/** The passage, if the document has exactly this text there. Only the document and the span of the request are used. */
function checkedEvidence(
  { source, quote }: Evidence,
  answer: AnswerValue,
  { documents }: ClinicalBundle,
  actor: string,
): Evidence | undefined {
  const document = documents.find(
    (one) =>
      one.source.resourceType === source.resourceType &&
      one.source.resourceId === source.resourceId,
  )
  if (document?.content.kind !== 'text' || quote === undefined) return undefined
  const { start, end, text } = quote
  if (start < 0 || text.trim() === '' || document.content.text.slice(start, end) !== text)
    return undefined
  return {
    source: document.source,
    path: 'DocumentReference.content.attachment',
    summary: `selected by ${actor}`,
    ...(document.date === undefined ? {} : { date: document.date }),
    quote: { text, start, end },
    stance: stances[answer],
  }
}
