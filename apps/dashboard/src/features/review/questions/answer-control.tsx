import type { AnswerValue } from '@authscript/prior-auth'
import { Toggle } from '@base-ui/react/toggle'
import { ToggleGroup } from '@base-ui/react/toggle-group'
import { answerWords } from './question-order.ts'

const values = ['met', 'not_met', 'unclear'] as const satisfies readonly AnswerValue[]

const pressedStyles: Readonly<Record<AnswerValue, string>> = {
  met: 'data-pressed:bg-good-soft data-pressed:text-good',
  not_met: 'data-pressed:bg-quiet-soft data-pressed:text-ink',
  unclear: 'data-pressed:bg-warn-soft data-pressed:text-warn',
}

/** Yes, No or Unknown. `onChoose` is also called for the answer that is already chosen. */
export function AnswerControl({
  label,
  answer,
  isDisabled,
  onChoose,
}: {
  label: string
  answer: AnswerValue
  isDisabled: boolean
  onChoose: (answer: AnswerValue) => void
}) {
  return (
    <ToggleGroup
      aria-label={label}
      value={[answer]}
      disabled={isDisabled}
      onValueChange={([chosen]) => onChoose(chosen ?? answer)}
      className="inline-flex shrink-0 overflow-hidden rounded-lg border border-edge"
    >
      {values.map((value) => (
        <Toggle
          key={value}
          value={value}
          className={`min-h-7 border-l border-line px-2.5 text-xs font-medium text-soft first:border-l-0 enabled:hover:bg-sunken focus-visible:-outline-offset-2 data-pressed:font-semibold ${pressedStyles[value]}`}
        >
          {answerWords[value]}
        </Toggle>
      ))}
    </ToggleGroup>
  )
}

/** An answer that cannot be changed here. Red only if it keeps the request from being met. */
export function AnswerWord({ answer, isBlocking }: { answer: AnswerValue; isBlocking: boolean }) {
  const tone = isBlocking
    ? 'bg-bad-soft text-bad'
    : answer === 'met'
      ? 'bg-good-soft text-good'
      : answer === 'unclear'
        ? 'bg-warn-soft text-warn'
        : 'bg-quiet-soft text-quiet'
  return (
    <span className={`shrink-0 rounded-md px-2 py-0.5 text-xs font-semibold ${tone}`}>
      {answerWords[answer]}
    </span>
  )
}
