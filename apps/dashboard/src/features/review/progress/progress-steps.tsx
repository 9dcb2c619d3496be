import type { HistoryEntry, ReviewView } from '@authscript/prior-auth'
import { useQuery } from '@tanstack/react-query'
import { Check, Circle, CircleDot, TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import { reviewQueries } from '../../../api/review.ts'
import { primaryButton, secondaryButton } from '../../../ui/buttons.ts'
import { useReview } from '../review-state.tsx'
import { clockTime } from '../times.ts'
import { ReloadChart } from './reload-chart.tsx'
import { PayerStepDialog, type PayerStepKind } from './payer-step-dialog.tsx'

interface Step {
  readonly name: string
  readonly words: string
  readonly state: 'done' | 'now' | 'failed' | 'ahead'
}

/** From the approval to the payer's decision: what has happened, what is waited for, and what a person records next. */
export function ProgressSteps() {
  const { order, isWorker, isOperator, offlineReason, sentenceOf } = useReview()
  const history = useQuery(reviewQueries.history(order.workItemId))
  const [kinds, setKinds] = useState<readonly PayerStepKind[]>()
  const last = (kind: HistoryEntry['kind']) =>
    history.data?.items.findLast((entry) => entry.kind === kind)
  const next = nextKinds(order)
  const approval = last('approved')
  const isUnsigned =
    order.payerState === null && approval !== undefined && approval.data['signature'] !== 'placed'
  return (
    <section
      aria-label="After the approval"
      className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b border-line bg-sunken px-4 py-2"
    >
      <ol className="flex min-w-0 flex-1 basis-96 flex-wrap gap-x-5 gap-y-1">
        {stepsOf(
          order,
          (kind) => {
            const entry = last(kind)
            return entry === undefined ? undefined : sentenceOf(entry)
          },
          isOperator,
        ).map((step) => (
          <StepItem key={step.name} step={step} />
        ))}
      </ol>
      {isWorker && next.length > 0 && (
        <div className="flex flex-wrap gap-2">
          {next.map((group, index) => (
            <button
              key={group.words}
              type="button"
              disabled={offlineReason !== undefined}
              onClick={() => setKinds(group.kinds)}
              className={index === 0 ? primaryButton : secondaryButton}
            >
              {group.words}
            </button>
          ))}
        </div>
      )}
      {isUnsigned && (
        <p className="basis-full font-medium text-warn">
          The form carries no signature: sign it by hand before it is sent.
        </p>
      )}
      {order.review === 'submitted' && <ReloadChart />}
      {kinds !== undefined && <PayerStepDialog kinds={kinds} onClose={() => setKinds(undefined)} />}
    </section>
  )
}

const icons = { done: Check, now: CircleDot, failed: TriangleAlert, ahead: Circle } as const
const styles = {
  done: 'text-good',
  now: 'text-accent',
  failed: 'text-bad',
  ahead: 'text-quiet',
} as const

function StepItem({ step }: { step: Step }) {
  const Icon = icons[step.state]
  return (
    <li
      data-step={step.state}
      aria-current={step.state === 'now' || step.state === 'failed' ? 'step' : undefined}
      className={`flex min-w-0 items-start gap-1.5 ${step.state === 'ahead' ? 'text-soft' : ''}`}
    >
      <Icon aria-hidden className={`mt-0.5 size-4 shrink-0 ${styles[step.state]}`} />
      <span className="min-w-0 break-words">{step.words}</span>
    </li>
  )
}

interface NextGroup {
  readonly words: string
  readonly kinds: readonly PayerStepKind[]
}

const answers: NextGroup = {
  words: 'Record the payer’s answer',
  kinds: ['approved', 'denied', 'more_information_asked'],
}

/** What a person may record next, the likeliest first. */
function nextKinds({ stage }: ReviewView): readonly NextGroup[] {
  switch (stage) {
    case 'to_send':
      return [{ words: 'Record that it was sent', kinds: ['sent'] }]
    case 'waiting_for_payer':
      return [answers]
    case 'more_information_asked':
      return [{ words: 'Record that more was sent', kinds: ['sent'] }, answers]
    // A denial may be appealed, and an approval corrected.
    case 'denied':
    case 'authorized':
      return [{ ...answers, words: 'Correct the payer’s answer' }]
    default:
      return []
  }
}

function stepsOf(
  order: ReviewView,
  sentenceOf: (kind: HistoryEntry['kind']) => string | undefined,
  isOperator: boolean,
): readonly Step[] {
  const { writeBack, payerState, review } = order
  if (writeBack === null) return []
  const isInChart = review === 'submitted' || writeBack.state === 'written'
  const decision =
    payerState === 'approved'
      ? sentenceOf('authorized')
      : payerState === 'denied'
        ? sentenceOf('denied')
        : undefined
  return [
    {
      name: 'approved',
      words: `Approved by ${writeBack.approvedBy} ${clockTime(writeBack.approvedAt)}`,
      state: 'done',
    },
    filingStep(order, isInChart, isOperator),
    {
      name: 'sent',
      words:
        payerState === null ? 'To send to the payer' : (sentenceOf('sent') ?? 'Sent to the payer'),
      state: payerState !== null ? 'done' : isInChart ? 'now' : 'ahead',
    },
    ...(payerState === 'more_information_asked'
      ? [
          {
            name: 'asked',
            words: sentenceOf('more_information_asked') ?? 'The payer asked for more information',
            state: 'now' as const,
          },
        ]
      : []),
    {
      name: 'decision',
      words:
        decision ??
        (payerState === 'sent'
          ? 'Waiting for the payer'
          : payerState === 'approved'
            ? 'The payer approved the request'
            : payerState === 'denied'
              ? 'The payer denied the request'
              : 'Decision of the payer'),
      state:
        payerState === 'approved'
          ? 'done'
          : payerState === 'denied'
            ? 'failed'
            : payerState === 'sent'
              ? 'now'
              : 'ahead',
    },
  ]
}

/** For the clinic what happened and who can do what; an operator also gets the reason with its codes. */
function failedWords({ filingFailure, writeBack }: ReviewView, isOperator: boolean): string {
  const { what, remedy } = filingFailure ?? { what: 'The EHR refused it.', remedy: '' }
  const reason = isOperator ? (writeBack?.errorReason ?? undefined) : undefined
  return [`Not in chart. ${what}`, remedy, reason === undefined ? '' : `(${reason})`]
    .filter((part) => part !== '')
    .join(' ')
}

function filingStep(order: ReviewView, isInChart: boolean, isOperator: boolean): Step {
  const { writeBack } = order
  const name = 'chart'
  if (writeBack === null || isInChart) return { name, words: 'In chart', state: 'done' }
  const tries = writeBack.attemptCount
  switch (writeBack.state) {
    case 'failed':
      return {
        name,
        words: failedWords(order, isOperator),
        state: 'failed',
      }
    case 'ambiguous':
      return { name, words: 'It may be in the chart; a person decides', state: 'failed' }
    case 'withdrawn':
      return { name, words: 'The approval was withdrawn', state: 'failed' }
    default:
      return {
        name,
        words:
          writeBack.nextAttemptAt === null
            ? tries > 1
              ? `Waiting for the EHR, try ${tries}`
              : 'On its way to the chart'
            : `Waiting for the EHR (try ${tries + 1} at ${clockTime(writeBack.nextAttemptAt)})`,
        state: 'now',
      }
  }
}
