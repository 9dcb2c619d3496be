import type { Policy } from '../policy.ts'
import type { LintProblem } from './lint-problem.ts'

/**
 * Every number and every criterion must name a source of the policy; a published source that nobody has verified
 * keeps the policy off.
 */
export function lintSources(policy: Policy): readonly LintProblem[] {
  const problems: LintProblem[] = []
  const used = new Set<string>()
  for (const { path, source } of sourcesIn(policy, '')) {
    used.add(source)
    if (!(source in policy.sources))
      problems.push({
        rule: 'unknown_source',
        path,
        message: `names the source "${source}", which the policy does not have; allowed: ${Object.keys(policy.sources).join(', ')}`,
      })
  }
  for (const [key, source] of Object.entries(policy.sources)) {
    if (!used.has(key))
      problems.push({
        rule: 'unused_source',
        path: `sources.${key}`,
        message: 'is not used',
      })
    if (source.basis === 'published' && source.verified === undefined && policy.off === undefined) {
      problems.push({
        rule: 'unverified_source',
        path: `sources.${key}`,
        message: 'nobody has verified it: the policy must be off and say why',
      })
    }
  }
  return problems
}

function* sourcesIn(
  value: unknown,
  path: string,
): Generator<{ readonly path: string; readonly source: string }> {
  if (typeof value !== 'object' || value === null) return
  for (const [key, inner] of Object.entries(value)) {
    const name = nameOf(inner) ?? key
    const at = path === '' ? key : `${path}.${name}`
    // The `sources` table itself does not name sources.
    if (path === '' && key === 'sources') continue
    if (key === 'source' && typeof inner === 'string') yield { path: at, source: inner }
    else if (key === 'sources' && Array.isArray(inner))
      for (const one of inner) yield { path: at, source: String(one) }
    else yield* sourcesIn(inner, at)
  }
}

/** A criterion is identified by its id. */
function nameOf(value: unknown): string | undefined {
  const id =
    typeof value === 'object' && value !== null && 'criterionId' in value
      ? value.criterionId
      : undefined
  return typeof id === 'string' ? id : undefined
}
