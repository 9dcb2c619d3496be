import type { MeasuredValue } from '@authscript/prior-auth'
import type { Concept } from '../../lexicon/concept.ts'
import type { LexiconView } from '../../lexicon/lexicon-view.ts'
import type { Days, Finding } from '../fact.ts'
import { wordsOf } from './observed-value.ts'

type Parts = Pick<Finding, 'conceptId' | 'assertion' | 'sites' | 'side' | 'from'>

/** A longer value is a report, not a single judging word. */
const maxWordLength = 60

/**
 * Interprets the text of a result for an observable as it would be interpreted in a note: "Negative" for a
 * tuberculosis test affirms a negative test and denies a positive one. Text without a judgement, or with
 * contradicting ones, leaves a mention.
 */
export function judgedFacts(
  value: MeasuredValue | undefined,
  concept: Concept,
  parts: Parts,
  day: Days | undefined,
  lexicon: LexiconView,
): readonly Finding[] {
  const dated = day === undefined ? {} : { onset: day }
  const words = value?.kind === 'boolean' ? [value.value ? 'positive' : 'negative'] : wordsOf(value)
  const verdicts = words.map((word) => verdictsOf(word, concept, lexicon))
  const all = new Map(verdicts.flat().map((one) => [one.conceptId, one]))
  const isOne = verdicts.flat().every((one) => all.get(one.conceptId)?.isDenied === one.isDenied)
  if (all.size === 0 || !isOne) {
    const { assertion } = parts
    return [
      { kind: 'finding', ...parts, assertion: { ...assertion, status: 'unsettled' }, ...dated },
    ]
  }
  const isSettled = parts.assertion.status === 'affirmed'
  return [...all.values()].map(({ conceptId, isDenied }) => ({
    kind: 'finding',
    ...parts,
    conceptId,
    assertion: isSettled
      ? { ...parts.assertion, status: isDenied ? 'denied' : 'affirmed' }
      : parts.assertion,
    ...dated,
  }))
}

function verdictsOf(word: string, { name, values }: Concept, lexicon: LexiconView) {
  if (values === undefined || word.length > maxWordLength) return []
  const { normal, abnormal } = values
  const known = new Set([normal.asserts, normal.denies, abnormal.asserts, abnormal.denies])
  return lexicon
    .findIn(`${name}: ${word}`)
    .filter(({ conceptId }) => known.has(conceptId))
    .map(({ conceptId, denied }) => ({ conceptId, isDenied: denied === true }))
}
