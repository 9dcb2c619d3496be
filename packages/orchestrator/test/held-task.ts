import type { Task, TaskContext } from '../src/index.ts'

/** A task that the test lets finish, one attempt after the other. */
export function aHeldTask(name = 'held', options: Partial<Task<string>> = {}) {
  const attempts: {
    readonly context: TaskContext
    readonly finish: (result: string) => void
    readonly fail: (error: unknown) => void
  }[] = []
  const task: Task<string> = {
    name,
    run: (context) =>
      new Promise<string>((finish, fail) => {
        attempts.push({ context, finish, fail })
      }),
    ...options,
  }
  return { task, attempts }
}

/** Every promise that could settle has. */
export const turn = () => new Promise((resolve) => setImmediate(resolve))
