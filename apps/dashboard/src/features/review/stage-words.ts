import type { OrderStage, ReviewView } from '@authscript/prior-auth'

type Tone = 'good' | 'warn' | 'bad' | 'quiet' | 'accent'

/** Where an order stands, in words. Red only where a person must act on a failure. */
const stageWords: Readonly<Record<OrderStage, { readonly words: string; readonly tone: Tone }>> = {
  needs_information: { words: 'Needs information', tone: 'warn' },
  not_met: { words: 'Criteria not met', tone: 'warn' },
  no_criteria: { words: 'No criteria for this order', tone: 'quiet' },
  not_required: { words: 'No authorization needed', tone: 'quiet' },
  ready_to_sign: { words: 'Ready to sign', tone: 'accent' },
  filing: { words: 'Approved, on its way to the chart', tone: 'accent' },
  filing_failed: { words: 'Approved, not in the chart', tone: 'bad' },
  to_send: { words: 'In chart, to send', tone: 'accent' },
  waiting_for_payer: { words: 'Sent, waiting for payer', tone: 'quiet' },
  more_information_asked: { words: 'More information asked', tone: 'warn' },
  authorized: { words: 'Approved by payer', tone: 'good' },
  denied: { words: 'Denied by payer', tone: 'bad' },
  closed: { words: 'Closed', tone: 'quiet' },
  superseded: { words: 'Replaced by a newer chart', tone: 'quiet' },
}

/** A person must say whether the form is in the chart. */
const decisionWords = { words: 'Needs a decision', tone: 'warn' } as const

export function wordsOf({ stage, needsDecision }: Pick<ReviewView, 'stage' | 'needsDecision'>): {
  readonly words: string
  readonly tone: Tone
} {
  return needsDecision ? decisionWords : stageWords[stage]
}

export const toneStyles: Readonly<Record<Tone, string>> = {
  good: 'bg-good-soft text-good',
  warn: 'bg-warn-soft text-warn',
  bad: 'bg-bad-soft text-bad',
  quiet: 'bg-quiet-soft text-quiet',
  accent: 'bg-accent-soft text-accent',
}
