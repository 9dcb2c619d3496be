import { textOf } from '../../document/note-document.ts'
import type { Mention } from '../../lexicon/mention.ts'
import type { Assertion } from '../../modifiers/assertion.ts'
import type { TimeExpression } from '../values/time-expression.ts'
import { timesIn } from '../values/times.ts'
import { tokensOf } from '../values/tokens.ts'
import type { MentionTarget } from './parsed-unit.ts'
import { timesOf, type UnitScope } from './unit-scope.ts'

const pastVerb = /^(?:re)?(?:injected|braced|immobilized|pinned|nailed|plated)\b/i
const wasDone = /\b(?:was|were|has been|have been|i|we)(?: (?:then|again|also|sterilely))? $/i

/** "The knee was injected with 40 mg": a verb states that the act was done. */
export function isStatedByVerb(
  { parsed: { text, unit } }: UnitScope,
  { start, end }: Mention,
  { phase, status }: Assertion,
): boolean {
  if (phase !== 'not_stated' || status !== 'affirmed') return false
  const at = start - unit.start
  return (
    pastVerb.test(text.slice(Math.max(0, at), end - unit.start)) &&
    wasDone.test(text.slice(Math.max(0, at - 30), Math.max(0, at)))
  )
}

/** "Care for 3 months or more:" above "[x] NSAIDs": the length in the question applies to the ticked options. */
export function ownOrLeadTimes(scope: UnitScope, target: MentionTarget): readonly TimeExpression[] {
  const own = timesOf(scope, target)
  const { unit } = scope.parsed
  const [lead] = unit.leads
  if (own.length > 0 || unit.kind !== 'option' || unit.polarity !== 'yes' || lead === undefined)
    return own
  const tokens = tokensOf(textOf(scope.document, lead), lead.start)
  return timesIn(tokens, scope.noteDay, () => false).filter((one) => one.kind === 'duration')
}
