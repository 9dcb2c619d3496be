import { textOf } from '../../document/note-document.ts'
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
  const words = `${before} ${scope.document.source.slice(mention.start, mention.end)} ${behind}`
  const limit = limitIn(words, assertion)
  return {
    kind: 'function',
    conceptId: mention.conceptId,
    assertion,
    ...placed(place),
    limit: limit === 'unsaid' ? limitByLead(scope, assertion) : limit,
    from: sourceOf(scope, mention, place.spans),
  }
}

const troubleLead =
  /\b(?:limit(?:s|ed|ation|ations)?|trouble|difficult(?:y|ies)?|cannot|can't|unable|problems? with|needs help|hard|daily life|interferes)\b/i

/** "Trouble with:" over "[x] stairs". */
function limitByLead({ document, reading: { unit } }: UnitScope, assertion: Spoken['assertion']) {
  const isList = unit.kind === 'option' || unit.kind === 'item' || unit.kind === 'row'
  const isLed = unit.leads.some((lead) => troubleLead.test(textOf(document, lead)))
  if (!isList || !isLed || assertion.phase === 'planned') return 'unsaid'
  if (assertion.status === 'affirmed') return 'limited'
  return assertion.status === 'denied' ? 'unlimited' : 'unsaid'
}
