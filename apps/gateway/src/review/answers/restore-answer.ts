import type { Scope } from '../../store/scope.ts'
import type { ChangeOutcome, ReviewDependencies, SeenItem } from '../change-outcome.ts'
import { redraft } from './redraft.ts'

/** Removes a person's answer, so that the answer of the rules counts again. */
export function restoreAnswer(
  scope: Scope,
  seen: SeenItem & { readonly criterionId: string },
  dependencies: ReviewDependencies,
): Promise<ChangeOutcome> {
  const { workItemId, criterionId } = seen
  return redraft(
    scope,
    seen,
    ({ analysis, input }) => {
      const change = input.changes.find((one) => one.criterionId === criterionId)
      const charted = analysis.answers.find((one) => one.criterionId === criterionId)
      if (change === undefined)
        return {
          outcome: 'unknown',
          what: `a change of question ${criterionId} of work item ${workItemId}`,
        }
      const question = charted?.question ?? criterionId
      return {
        input: { ...input, changes: input.changes.filter((one) => one !== change) },
        line: {
          kind: 'answer_restored',
          data: { criterionId, question, from: change.answer, to: charted?.answer ?? null },
        },
        save: (transaction) => transaction.answerChanges.remove(workItemId, criterionId),
      }
    },
    dependencies,
  )
}
