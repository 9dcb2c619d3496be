import type { ReviewView } from '@authscript/prior-auth'
import { boxOf, shownValue } from '../form/form-boxes.ts'
import { answerWords } from '../questions/question-order.ts'

/** What people answered and typed, one line each: the person who approves is responsible for it. */
export function ChangesByPeople({ order }: { order: ReviewView }) {
  const { analysis, answerChanges, formEntries } = order
  const questions = new Map(
    analysis.outcome === 'assessed'
      ? analysis.answers.map(({ criterionId, question }) => [criterionId, question])
      : [],
  )
  const changes = answerChanges.filter(({ applies }) => applies)
  if (changes.length + formEntries.length === 0)
    return <p className="text-soft">Nothing was changed or typed by people.</p>
  return (
    <div data-changes-by-people>
      <p className="font-medium">Changed or typed by people:</p>
      <ul className="mt-1 list-disc space-y-0.5 pl-5">
        {changes.map(({ criterionId, answer, chartAnswer, reason, changedBy }) => (
          <li key={criterionId} className="break-words">
            {questions.get(criterionId) ?? 'A question'}{' '}
            <strong className="font-medium">{answerWords[answer]}</strong> (the chart:{' '}
            {answerWords[chartAnswer]}; {changedBy}: “<bdi>{reason}</bdi>”)
          </li>
        ))}
        {formEntries.map(({ field, value, enteredBy }) => {
          const box = boxOf(field)
          return (
            <li key={field} className="break-words">
              {box?.label ?? field}:{' '}
              <strong className="font-medium">
                <bdi>{box === undefined ? value : shownValue(box, value)}</bdi>
              </strong>{' '}
              ({enteredBy})
            </li>
          )
        })}
      </ul>
    </div>
  )
}
