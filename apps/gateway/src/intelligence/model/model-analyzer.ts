import { criterionConcepts, type Policy, policies as ourPolicies } from '@authscript/intelligence'
import { CircuitOpenError } from '@authscript/orchestrator'
import type { Analysis } from '@authscript/prior-auth'
import { type SteadyClock, timeLimit } from '../../clock.ts'
import type { Analyzer } from '../analyzer.ts'
import type { Judge, JudgingOptions } from '../judge/judge.ts'
import type { LanguageModel } from './chat-completions.ts'
import { LanguageModelError, type ModelFailure, type ModelOutcome } from './language-model-error.ts'
import { type NoteSelection, selectNotes } from './note-excerpts.ts'
import { readProposals } from './proposals.ts'
import { createModelQuestion, type OpenQuestion } from './question.ts'

export interface ModelAnalyzerOptions {
  readonly model: LanguageModel
  /** Practices whose notes may be sent to the model. Nothing of any other practice is sent. */
  readonly practices: ReadonlySet<string>
  readonly maxNoteCharacters: number
  /** Time limit for everything: waiting for a slot, the request, and its single retry. */
  readonly timeoutMs: number
  readonly clock: SteadyClock
  /** Limits concurrent requests, and applies the circuit breaker. */
  guard<Result>(call: () => Promise<Result>, signal: AbortSignal): Promise<Result>
  onOutcome(outcome: ModelOutcome): void
  /** The policies to analyze orders by. @default our own */
  readonly policies?: readonly Policy[]
  readonly judge: Judge['judge']
}

/**
 * Analyzes by rules. If they leave the verdict open, a language model may point at passages that they did not read, and the rules
 * analyze again. A failure of the model only loses the pointers, never the analysis: only an abort of the task itself is thrown.
 */
export function createModelAnalyzer(options: ModelAnalyzerOptions): Analyzer {
  const { model, practices, clock, policies = ourPolicies, judge } = options

  async function ask(
    open: readonly OpenQuestion[],
    { excerpts }: NoteSelection,
    signal: AbortSignal,
  ): Promise<NonNullable<JudgingOptions['proposals']>> {
    const deadlineMs = clock.monotonicMs() + options.timeoutMs
    using limit = timeLimit(signal, options.timeoutMs)
    const question = createModelQuestion(open, excerpts, () => clock.random())
    try {
      const text = await options.guard(async () => {
        try {
          return await model.ask(question, limit.signal, deadlineMs)
        } catch (error) {
          // The breaker must see a timeout, not an abort.
          throw limit.isOver ? new LanguageModelError('timeout') : error
        }
      }, limit.signal)
      const proposals = readProposals(
        text,
        new Set(open.map(({ criterionId }) => criterionId)),
        excerpts,
      )
      if (proposals === undefined) throw new LanguageModelError('not_understood')
      return proposals
    } catch (error) {
      throw limit.isOver ? new LanguageModelError('timeout') : error
    }
  }

  return {
    async analyze(bundle, orderId, signal) {
      const byRules = await judge(bundle, orderId, {}, signal)
      if (!practices.has(bundle.practiceId)) return byRules
      const open = openQuestions(byRules, policies)
      if (open.length === 0) return byRules
      const notes = selectNotes(bundle, options.maxNoteCharacters)
      if (notes.excerpts.length === 0) return byRules
      try {
        const proposals = await ask(open, notes, signal)
        const notice = answeredNotice(open.length, notes, proposals.length)
        const analysis = await judge(bundle, orderId, { proposals, notices: [notice] }, signal)
        options.onOutcome('answered')
        return analysis
      } catch (error) {
        if (signal.aborted) throw signal.reason
        const failure = failureOf(error)
        options.onOutcome(failure)
        const notice = `${failureNotices[failure]}; analyzed by rules only`
        return judge(bundle, orderId, { notices: [notice] }, signal)
      }
    },
    close: () => model.close(),
  }
}

/**
 * A final verdict cannot be changed by an unanswered question, so nothing is sent for it. Nothing is sent either for questions whose
 * sources could not be read or contradict each other, because no passage can settle them.
 */
function openQuestions(analysis: Analysis, policies: readonly Policy[]): readonly OpenQuestion[] {
  if (analysis.outcome !== 'assessed' || analysis.verdict !== 'unclear') return []
  const criteria = policies.find(({ policyId }) => policyId === analysis.policy.policyId)?.criteria
  return analysis.answers
    .filter(({ grounds }) => grounds === 'silent' || grounds === 'mentioned')
    .map(({ criterionId, question }) => {
      const criterion = criteria?.find((one) => one.criterionId === criterionId)
      return {
        criterionId,
        question,
        concepts: criterion === undefined ? [] : criterionConcepts(criterion),
      }
    })
}

function failureOf(error: unknown): ModelFailure {
  if (error instanceof LanguageModelError) return error.outcome
  return error instanceof CircuitOpenError ? 'left_alone' : 'unexpected'
}

const failureNotices: Readonly<Record<ModelFailure, string>> = {
  timeout: 'the language model did not answer in time',
  unreachable: 'the language model could not be reached, or did not complete its answer',
  busy: 'the language model was too busy',
  failing: 'the language model failed',
  misconfigured: 'the language model refused the request',
  cut_off: 'the language model did not finish its answer',
  too_large: "the language model's answer was too large",
  declined: 'the language model declined to answer',
  not_understood: 'the language model gave an answer that could not be parsed',
  left_alone: 'the language model has failed repeatedly and is not used for a while',
  unexpected: 'the request to the language model failed',
}

function answeredNotice(
  questionCount: number,
  { excerpts, cut, setAside }: NoteSelection,
  proposalCount: number,
): string {
  const aside =
    setAside === 0
      ? ''
      : `, a part of ${count(setAside, 'note')} not shown because it is addressed to software`
  const gap = cut === 0 ? '' : `, ${count(cut, 'note')} cut or left out for length`
  return `a language model read ${count(excerpts.length, 'note')}${gap}${aside} for ${count(questionCount, 'open question')} and pointed at ${count(proposalCount, 'passage')}; the rules decided what they say`
}

function count(quantity: number, noun: string): string {
  return `${quantity} ${noun}${quantity === 1 ? '' : 's'}`
}
