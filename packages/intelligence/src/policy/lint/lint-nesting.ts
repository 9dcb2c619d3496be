import type { LintProblem } from './lint-problem.ts'

/** No policy of ours goes deeper than a dozen; what does is an error or an attack. */
const deepest = 24

/** A value that holds itself (YAML: `&a [*a]`), or one nested deeper than a person writes; undefined for a sound one. */
export function findNesting(
  value: unknown,
  path = '',
  above: readonly unknown[] = [],
): LintProblem | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const at = path === '' ? 'the file' : path
  if (above.includes(value))
    return { rule: 'cycle', path: at, message: 'holds itself; write it out' }
  if (above.length >= deepest)
    return { rule: 'too_deep', path: at, message: `is nested deeper than ${deepest} levels` }
  for (const [key, inner] of Object.entries(value)) {
    const found = findNesting(inner, path === '' ? key : `${path}.${key}`, [...above, value])
    if (found !== undefined) return found
  }
  return undefined
}
