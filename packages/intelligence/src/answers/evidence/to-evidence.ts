import type { Evidence } from '@authscript/prior-auth'
import type { Fact } from '../../facts/fact.ts'
import type { AnswerContext } from '../answer-context.ts'
import { bestFirst } from './best-first.ts'
import type { CodedEntry } from './coded-entries.ts'
import { codedEntryOf, noteTextOf } from './verify-fact.ts'

/** Only the best pointers are shown; a longer list does not help the reviewer. */
const maxShown = 8

/**
 * Evidence that a reviewer can look up, best sentence first, without duplicates. Facts without a
 * source give none.
 */
export function toEvidence(
  facts: readonly Fact[],
  stance: Evidence['stance'],
  context: AnswerContext,
): readonly Evidence[] {
  return bestFirst(facts)
    .slice(0, maxShown)
    .flatMap((fact) => evidenceOf(fact, stance, context) ?? [])
}

/** An entry with only a code is named by the lexicon: "therapeutic exercise (97110)". */
function summaryOf(
  { summary, bareCode }: CodedEntry,
  { conceptId }: Fact,
  context: AnswerContext,
): string {
  const name = context.concepts.get(conceptId)?.name
  if (bareCode === undefined || name === undefined) return summary
  const named = bareCode === '' ? name : `${name} (${bareCode})`
  return summary.replace(bareCode === '' ? 'an entry without a name' : bareCode, named)
}

function evidenceOf(
  fact: Fact,
  stance: Evidence['stance'],
  context: AnswerContext,
): Evidence | undefined {
  const { from } = fact
  if (from.kind === 'coded') {
    const found = codedEntryOf(fact, context)
    if (found === undefined) return undefined
    const { source, path, date } = found
    return {
      source,
      path,
      summary: summaryOf(found, fact, context),
      stance,
      ...(date === undefined ? {} : { date }),
    }
  }
  const text = noteTextOf(from.source, context.bundle)
  if (text === undefined) return undefined
  const document = context.bundle.documents.find(
    ({ source }) => source.resourceId === from.source.resourceId,
  )
  const { start, end } = from.quote
  const date = document?.date ?? from.day
  return {
    source: from.source,
    path: 'DocumentReference.content.attachment',
    summary: document?.title ?? document?.type.text ?? 'note',
    ...(date === undefined ? {} : { date }),
    quote: { text: text.slice(start, end), start, end },
    stance,
    ...(context.proposed?.has(fact) === true ? { proposedBy: 'model' as const } : {}),
  }
}
