import type { FunctionFact } from '../fact.ts'
import { limitIn } from './limits.ts'
import { placed, type Spoken, sourceOf, type UnitScope } from './unit-scope.ts'

/** What the patient can or cannot do, by the words of its clause. */
export function functionOf(scope: UnitScope, { mention, assertion, place }: Spoken): FunctionFact {
  const { text, unit } = scope.reading
  const at = mention.start - unit.start
  const before =
    text
      .slice(Math.max(0, at - 80), Math.max(0, at))
      .split(/[;,]|\bbut\b/)
      .at(-1) ?? ''
  const behind =
    text
      .slice(Math.max(0, mention.end - unit.start), Math.max(0, mention.end - unit.start) + 60)
      .split(/[;,]|\bbut\b/)[0] ?? ''
  return {
    kind: 'function',
    conceptId: mention.conceptId,
    assertion,
    ...placed(place),
    limit: limitIn(
      `${before} ${scope.document.source.slice(mention.start, mention.end)} ${behind}`,
      assertion,
    ),
    from: sourceOf(scope, mention, place.spans),
  }
}
