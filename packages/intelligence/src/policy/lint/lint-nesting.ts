import type { LintProblem } from './lint-problem.ts'

/** Our policies are at most a dozen levels deep; a deeper one is an error or an attack. */
const maxDepth = 24

/** A value that contains itself (YAML: `&a [*a]`) or is nested too deeply; undefined for a valid one. */
export function findNesting(
  value: unknown,
  path = '',
  above: readonly unknown[] = [],
): LintProblem | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const at = path === '' ? 'the file' : path
  if (above.includes(value))
    return { rule: 'cycle', path: at, message: 'contains itself; write it out' }
  if (above.length >= maxDepth)
    return { rule: 'too_deep', path: at, message: `is nested deeper than ${maxDepth} levels` }
  for (const [key, inner] of Object.entries(value)) {
    const found = findNesting(inner, path === '' ? key : `${path}.${key}`, [...above, value])
    if (found !== undefined) return found
  }
  return undefined
}
