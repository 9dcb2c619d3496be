import { timeLimit } from '../../clock.ts'
import { FormFillError } from '../form-errors.ts'
import type { ExamineAnswer, ExamineTask } from './examine-task.ts'

export interface FormExaminer {
  /** @throws {FormFillError} the form ended its thread */
  examine(task: ExamineTask, signal: AbortSignal): Promise<ExamineAnswer>
}

/** A form that takes longer is not one. */
const limitMs = 30_000
const never = new AbortController().signal

/** A PDF that ends its thread, or takes too long, has a fault like any other. */
export async function examineWithinLimits(
  examiner: FormExaminer,
  task: ExamineTask,
): Promise<ExamineAnswer> {
  using limit = timeLimit(never, limitMs)
  try {
    return await examiner.examine(task, limit.signal)
  } catch (error) {
    if (!limit.isOver && !(error instanceof FormFillError)) throw error
    const fault = limit.isOver
      ? 'it takes too long to read'
      : 'it needs more memory than a form may, or cannot be read'
    return { faults: [fault], warnings: [] }
  }
}
