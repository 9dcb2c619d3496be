import { timeLimit } from '../../clock.ts'
import { FormFillError } from '../form-errors.ts'
import type { ExamineAnswers, ExamineTask, Unusable } from './examine-task.ts'

export interface FormExaminer {
  /** @throws {FormFillError} the form ended its thread */
  examine<Task extends ExamineTask>(
    task: Task,
    signal: AbortSignal,
  ): Promise<ExamineAnswers[Task['examine']]>
}

/** A PDF that takes longer is not a usable form. */
const limitMs = 30_000
const never = new AbortController().signal

/** A PDF that ends its thread, or takes too long, has a fault like any other. */
export async function examineWithinLimits<Task extends ExamineTask>(
  examiner: FormExaminer,
  task: Task,
): Promise<ExamineAnswers[Task['examine']] | Unusable> {
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
