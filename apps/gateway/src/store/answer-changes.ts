import type { AnswerChange } from '@authscript/prior-auth'
import type { Kysely } from 'kysely'
import type { Schema } from './schema.ts'

/** Answers that people gave in place of the chart's. They outlive a new run. The caller has checked that the work item is visible. */
export function answerChangeRows(db: Kysely<Schema>) {
  return {
    /** By criterion. */
    async list(workItemId: string): Promise<readonly AnswerChange[]> {
      const rows = await db
        .selectFrom('answer_changes')
        .selectAll()
        .where('work_item_id', '=', workItemId)
        .orderBy('criterion_id')
        .execute()
      return rows.map((row) => ({
        criterionId: row.criterion_id,
        chartAnswer: row.chart_answer,
        answer: row.answer,
        reason: row.reason,
        ...(row.evidence === null ? {} : { evidence: row.evidence }),
        changedBy: row.changed_by,
        changedAt: row.changed_at.toISOString(),
      }))
    },

    /** Replaces an earlier change of the same answer. */
    async put(workItemId: string, change: AnswerChange): Promise<void> {
      const values = {
        chart_answer: change.chartAnswer,
        answer: change.answer,
        reason: change.reason,
        evidence: change.evidence === undefined ? null : JSON.stringify(change.evidence),
        changed_by: change.changedBy,
        changed_at: new Date(change.changedAt),
      }
      await db
        .insertInto('answer_changes')
        .values({ work_item_id: workItemId, criterion_id: change.criterionId, ...values })
        .onConflict((conflict) =>
          conflict.columns(['work_item_id', 'criterion_id']).doUpdateSet(values),
        )
        .execute()
    },

    async remove(workItemId: string, criterionId: string): Promise<void> {
      await db
        .deleteFrom('answer_changes')
        .where('work_item_id', '=', workItemId)
        .where('criterion_id', '=', criterionId)
        .execute()
    },
  }
}
