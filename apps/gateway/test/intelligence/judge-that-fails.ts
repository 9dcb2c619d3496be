import { otherDecisions } from '@authscript/prior-auth'
import { runTasks } from '../../src/thread-task.ts'
import type { JudgeAnswer, JudgeTask } from '../../src/intelligence/judge/judge.ts'

/** Fails in the way that the order is named after; otherwise reports whether the chart was sent whole or by name. */
export default runTasks(fail)

function fail({ orderId, bundle }: JudgeTask): JudgeAnswer {
  if (orderId === 'hang') for (;;) continue
  if (orderId === 'crash') process.exit(1)
  if (orderId === 'throw') throw new Error('a defect that quotes Annabel Quillfeather')
  if (orderId === 'exhaust') {
    const kept: unknown[] = []
    for (;;) kept.push(Array.from({ length: 10_000 }, (_, index) => ({ index })))
  }
  if (orderId === 'fail')
    return { kind: 'defect', name: 'TypeError', frames: '    at rule (rule.ts:1:2)' }
  return {
    kind: 'judged',
    analysis: {
      outcome: 'no_procedure_code',
      order: { orderType: 'ServiceRequest', serviceRequestId: orderId },
      recommendation: otherDecisions.no_procedure_code.recommendation,
      reason: bundle === undefined ? 'by name' : 'whole',
    },
  }
}
