import { parentPort } from 'node:worker_threads'

/** What a thread of a pool gets. */
export interface ThreadTask<Task> {
  readonly taskId: number
  readonly task: Task
}

/** Posted by a thread when it begins a task: its program is loaded. */
export interface TaskBegun {
  readonly begunTaskId: number
}

/** Makes the default export of a worker file from a function that runs one task. */
export function runTasks<Task, Answer>(work: (task: Task) => Answer) {
  return ({ taskId, task }: ThreadTask<Task>): Answer => {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- A port has no target origin; only windows do.
    parentPort?.postMessage({ begunTaskId: taskId } satisfies TaskBegun)
    return work(task)
  }
}
