import type { Answer } from '@authscript/prior-auth'
import type { Fact } from '../../facts/fact.ts'
import type { Criterion } from '../../policy/criterion.ts'
import { supportBy } from '../../support/support-by.ts'
import { type Answered, answerCriterion } from '../answer-criterion.ts'
import type { AnswerContext } from '../answer-context.ts'
import type { FactStore } from '../chart-facts.ts'

/**
 * Answers a question by the rules, and then with what a language model found in addition.
 *
 * The model's facts are used for a yes only when the rules settled nothing, and that yes is marked as the
 * model's; they never make a no. If the rules settled the question and the model's facts disagree, the answer is
 * unclear. Sources that the rules could not read stay unread.
 */
export function answerWithProposals(
  criterion: Criterion,
  store: FactStore,
  context: AnswerContext,
  proposed: readonly Fact[],
): Answered {
  const ruled = answerCriterion(criterion, store, context)
  if (proposed.length === 0) return ruled
  const both = answerCriterion(criterion, withFacts(store, proposed, context), {
    ...context,
    proposed: new Set(proposed),
  })
  if (both.value === ruled.value)
    return ruled.value === 'unclear' ? withPassages(ruled, both) : ruled
  if (ruled.value !== 'unclear') return { ...ruled, ...disagreement(ruled, both) }
  const isAnswerable = ruled.answer.grounds === 'silent' || ruled.answer.grounds === 'mentioned'
  if (both.value !== 'met' || !isAnswerable) return ruled
  return {
    ...both,
    isByModelAlone: true,
    answer: {
      ...both.answer,
      confidence: supportBy.model,
      reason: `${both.answer.reason}; found in the note by a language model; check the passage`,
    },
  }
}

/** Passages that a language model proposed and the stages could not settle are shown but do not count. */
function withPassages(ruled: Answered, both: Answered): Answered {
  const passages = both.answer.evidence
    .filter((one) => one.proposedBy === 'model')
    .map((one) => ({ ...one, stance: 'mentions' as const }))
  const isShown = ruled.answer.grounds === 'silent' || ruled.answer.grounds === 'mentioned'
  if (passages.length === 0 || !isShown) return ruled
  return {
    ...ruled,
    answer: {
      ...ruled.answer,
      grounds: 'mentioned',
      evidence: [...ruled.answer.evidence, ...passages],
      reason: `${ruled.answer.reason}; a language model proposed a passage of the note; check the passage`,
    },
  }
}

function disagreement(
  ruled: Answered,
  both: Answered,
): Pick<Answered, 'answer' | 'value' | 'isClosed'> {
  const answer: Answer = {
    ...ruled.answer,
    answer: 'unclear',
    grounds: 'contradiction',
    confidence: supportBy.open,
    evidence: [
      ...ruled.answer.evidence,
      ...both.answer.evidence.filter((one) => one.proposedBy === 'model'),
    ],
    reason: `the rules and a language model read the chart differently; by the rules: ${ruled.answer.reason}`,
  }
  return { answer, value: 'unclear', isClosed: false }
}

function withFacts(
  store: FactStore,
  proposed: readonly Fact[],
  { concepts }: AnswerContext,
): FactStore {
  const isOf = (fact: Fact, ids: readonly string[]) =>
    ids.some((id) => concepts.isA(fact.conceptId, id))
  return {
    unreadNotes: store.unreadNotes,
    mentionsOf: (ids) => store.mentionsOf(ids),
    factsWithCodes: (codes) => store.factsWithCodes(codes),
    factsOf: (ids) => [...store.factsOf(ids), ...proposed.filter((fact) => isOf(fact, ids))],
    widerFactsOf: (ids) => [
      ...store.widerFactsOf(ids),
      ...proposed.filter(
        (fact) => !isOf(fact, ids) && ids.some((id) => concepts.isA(id, fact.conceptId)),
      ),
    ],
  }
}
