import { limitAllocations } from '../../limit-allocations.ts'
import { examineForm } from './examine-form.ts'
import type { ExamineAnswer, ExamineTask } from './examine-task.ts'

limitAllocations()

/** Runs in a process of its own pool: a hostile form ends this process and no other. */
export default function work(task: ExamineTask): Promise<ExamineAnswer> {
  return examineForm(task)
}
