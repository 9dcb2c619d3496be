import { analyze } from '@authscript/intelligence'
import { Bulkhead, CircuitBreaker, FakeClock } from '@authscript/orchestrator'
import type { SteadyClock } from '../../src/clock.ts'
import { GatewayError } from '../../src/errors.ts'
import type { JudgingOptions } from '../../src/intelligence/judge/judge.ts'
import { createChatCompletions } from '../../src/intelligence/model/chat-completions.ts'
import { createModelAnalyzer } from '../../src/intelligence/model/model-analyzer.ts'

export const breakerThreshold = 3

/** An analyzer with a model. Its pauses pass at once; they and what it hands to the rules are recorded. */
export function aModelAnalyzer(options: {
  readonly baseUrl: string
  readonly timeoutMs?: number
  readonly practices?: readonly string[]
  readonly maxNoteCharacters?: number
  readonly maxConcurrent?: number
}) {
  const { maxConcurrent = 4, timeoutMs = 20_000 } = options
  const pausesMs: number[] = []
  const judged: JudgingOptions[] = []
  const outcomes: string[] = []
  let nowMs = 0
  const clock: SteadyClock = {
    now: () => new Date(nowMs),
    monotonicMs: () => nowMs,
    random: () => 0.25,
    sleep(delayMs, signal) {
      signal.throwIfAborted()
      pausesMs.push(delayMs)
      nowMs += delayMs
      return Promise.resolve()
    },
  }
  const bulkhead = new Bulkhead({ limit: maxConcurrent, queue: 100 })
  const breaker = new CircuitBreaker({
    name: 'language_model',
    failureThreshold: breakerThreshold,
    clock: new FakeClock(),
    isFailure: (error) => error instanceof GatewayError && error.kind === 'transient',
  })
  const analyzer = createModelAnalyzer({
    model: createChatCompletions({
      baseUrl: options.baseUrl,
      name: 'a-model',
      apiKey: 'a-key',
      maxConcurrent,
      clock,
    }),
    practices: new Set(options.practices ?? ['195900']),
    maxNoteCharacters: options.maxNoteCharacters ?? 24_000,
    timeoutMs,
    clock,
    guard: (call, signal) => bulkhead.run(() => breaker.run(call), signal),
    onOutcome: (outcome) => outcomes.push(outcome),
    async judge(bundle, serviceRequestId, judging, signal) {
      signal.throwIfAborted()
      judged.push(judging)
      return analyze(bundle, serviceRequestId, judging)
    },
  })
  return { ...analyzer, pausesMs, judged, outcomes, [Symbol.asyncDispose]: () => analyzer.close() }
}
