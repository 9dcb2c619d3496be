import { type AnswerValue, type AssessedAnalysis, supportLevelOf } from '@authscript/prior-auth'
import { ChevronRight } from 'lucide-react'
import type { ReactNode } from 'react'
import { useReview } from '../review-state.tsx'
import { Pathways } from './pathways.tsx'
import { type Question, summarize } from './question-order.ts'

/** The result of all questions, shown above them. */
export function Summary({
  analysis,
  questions,
  onSelect,
}: {
  analysis: AssessedAnalysis
  questions: readonly Question[]
  onSelect: (criterionId: string) => void
}) {
  const { order } = useReview()
  const { verdict, open } = summarize(analysis)
  const changedCount = order.answerChanges.filter(({ applies }) => applies).length
  return (
    <div className="space-y-2 border-b border-line bg-sunken px-4 py-3">
      <p>
        <strong className="text-base font-semibold">{verdict}</strong>
        <span className="text-soft">; {open}</span>
      </p>
      <p className="text-xs text-soft">
        {analysis.policy.title}, {criteriaOf(analysis, order.payerName)}. Support in the chart:{' '}
        {supportLevelOf(analysis.confidence)}.
        {changedCount > 0 && (
          <span data-differs={order.chartVerdict !== analysis.verdict || undefined}>
            {` ${changedCount === 1 ? 'One answer was' : `${changedCount} answers were`} changed by people; ${fromTheChart(analysis, order.chartVerdict)}.`}
          </span>
        )}
      </p>
      <Notices notices={analysis.notices} />
      <Pathways analysis={analysis} questions={questions} onSelect={onSelect} />
      {analysis.missing.length > 0 && (
        <Fold title="What would settle the open questions">
          <ul className="list-disc space-y-0.5 pl-5">
            {analysis.missing.map((fact) => (
              <li key={fact} className="first-letter:uppercase">
                {fact}
              </li>
            ))}
          </ul>
        </Fold>
      )}
      <Fold title="Where the criteria come from">
        <ul className="list-disc space-y-0.5 pl-5">
          {analysis.policy.citations.map(({ document, section, date, url }) => (
            <li key={`${document} ${section ?? ''}`}>
              {url === undefined ? (
                document
              ) : (
                <a href={url} target="_blank" rel="noreferrer" className="text-accent underline">
                  {document}
                </a>
              )}
              {section !== undefined && `, ${section}`}
              {date !== undefined && `, ${date}`}
            </li>
          ))}
        </ul>
      </Fold>
    </div>
  )
}

/** What the rules concluded from the chart alone, compared with the result with people's answers. */
function fromTheChart({ verdict }: AssessedAnalysis, chartVerdict: AnswerValue | null): string {
  if (chartVerdict === null || chartVerdict === verdict)
    return 'the chart alone comes to the same result'
  return {
    met: 'by the chart alone, the criteria are met',
    not_met: 'by the chart alone, the criteria are not met',
    unclear: 'by the chart alone, this is not settled',
  }[chartVerdict]
}

function criteriaOf({ policy }: AssessedAnalysis, payerName: string | null): string {
  if (policy.payers !== undefined) return `criteria of ${policy.payers.join(', ')}`
  return payerName === null ? 'general criteria' : `general criteria, not ${payerName}’s own`
}

/** What the reviewer must know before anything else. */
export function Notices({ notices }: { notices: readonly string[] }) {
  if (notices.length === 0) return null
  return (
    <div role="status" className="rounded-lg bg-warn-soft px-2.5 py-2 text-warn">
      <ul className="space-y-1">
        {notices.map((notice) => (
          <li key={notice} className="first-letter:uppercase">
            {/[.?!]$/u.test(notice) ? notice : `${notice}.`}
          </li>
        ))}
      </ul>
    </div>
  )
}

function Fold({ title, children }: { title: string; children: ReactNode }) {
  return (
    <details className="group">
      <summary className="flex min-h-6 cursor-pointer items-center gap-1 rounded text-xs font-medium text-soft hover:text-ink">
        <ChevronRight aria-hidden className="size-3.5 group-open:rotate-90" />
        {title}
      </summary>
      <div className="mt-1.5 text-xs">{children}</div>
    </details>
  )
}
