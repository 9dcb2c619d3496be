import type { AssessedAnalysis, PathwayResult } from '@authscript/prior-auth'
import { Check, ChevronRight, CircleHelp, X } from 'lucide-react'
import { useReview } from '../review-state.tsx'
import { answerWords, isObstacle, type Question } from './question-order.ts'

/** The ways to meet the criteria: the questions that each one depends on, and those that speak against it. */
export function Pathways({
  analysis,
  questions,
  onSelect,
}: {
  analysis: AssessedAnalysis
  questions: readonly Question[]
  onSelect: (criterionId: string) => void
}) {
  return (
    <ol aria-label="Ways to meet the criteria">
      {analysis.pathways.map((pathway, index) => (
        <li key={pathway.pathwayId}>
          {index > 0 && <p className="pl-3 text-xs leading-4 text-soft">or</p>}
          <Pathway
            pathway={pathway}
            obstacles={questions.filter(({ answer }) => isObstacle(answer, pathway))}
            onSelect={onSelect}
          />
        </li>
      ))}
    </ol>
  )
}

const looks = {
  met: { icon: Check, words: 'met', style: 'text-good' },
  not_met: { icon: X, words: 'not met', style: 'text-quiet' },
  unclear: { icon: CircleHelp, words: 'open', style: 'text-warn' },
} as const

function Pathway({
  pathway,
  obstacles,
  onSelect,
}: {
  pathway: PathwayResult
  obstacles: readonly Question[]
  onSelect: (criterionId: string) => void
}) {
  const { order } = useReview()
  const { icon: Icon, words, style } = looks[pathway.result]
  const changed = new Set(
    order.answerChanges.flatMap(({ applies, criterionId }) => (applies ? [criterionId] : [])),
  )
  const line = (
    <>
      <Icon aria-hidden className={`mt-0.5 size-4 shrink-0 ${style}`} />
      <span className="flex min-w-0 grow flex-wrap justify-between gap-x-2">
        <span className="font-medium">{pathway.label}</span>
        <span className={`text-xs leading-5 font-medium ${style}`}>
          {[words, ...obstacleCounts(obstacles)].join(', ')}
        </span>
      </span>
    </>
  )
  const look = 'rounded-lg border border-line bg-panel px-2.5 py-1.5'
  if (pathway.result === 'met' || obstacles.length === 0)
    return (
      <p data-pathway={pathway.result} className={`flex items-start gap-1.5 ${look}`}>
        {line}
      </p>
    )
  return (
    <details data-pathway={pathway.result} className={`group ${look}`}>
      <summary className="flex cursor-pointer list-none items-start gap-1.5 rounded">
        <ChevronRight
          aria-hidden
          className="mt-0.5 size-4 shrink-0 text-soft group-open:rotate-90"
        />
        {line}
      </summary>
      <ul aria-label="Why not" className="mt-1 space-y-0.5 pl-5.5">
        {obstacles.map(({ answer, number }) => (
          <li key={answer.criterionId}>
            <button
              type="button"
              onClick={() => onSelect(answer.criterionId)}
              className="min-h-6 w-full rounded text-left text-xs hover:underline"
            >
              <span className="font-semibold">{answerWords[answer.answer]}</span>
              {changed.has(answer.criterionId) && ' (changed by a person)'}:{' '}
              <span className="text-soft">
                {number}. {answer.question}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </details>
  )
}

/** `2 unknown`, `1 no`: what is missing for an alternative. */
function obstacleCounts(obstacles: readonly Question[]): readonly string[] {
  return (['unclear', 'not_met', 'met'] as const).flatMap((value) => {
    const count = obstacles.filter(({ answer }) => answer.answer === value).length
    return count === 0 ? [] : [`${count} ${answerWords[value].toLowerCase()}`]
  })
}
