import { HttpProblem } from './problem.ts'

/**
 * Refuses text that PostgreSQL cannot store, wherever it stands in a request: NUL, and halves of surrogate pairs. `path` names the place in the answer.
 *
 * @throws {HttpProblem} 400
 */
export function refuseBadText(path: string, value: unknown): void {
  if (typeof value === 'string') {
    if (!value.includes('\u0000') && value.isWellFormed()) return
    throw new HttpProblem(
      400,
      'text_invalid',
      `${path} holds a NUL character or half of a surrogate pair`,
    )
  }
  if (typeof value !== 'object' || value === null) return
  for (const [key, one] of Object.entries(value)) {
    refuseBadText(`${path}: a key`, key)
    refuseBadText(`${path}.${key}`, one)
  }
}
