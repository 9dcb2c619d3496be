import type { AssessedAnalysis, PathwayResult } from '@authscript/prior-auth'
import { VerdictBadge } from '../../ui/badge.tsx'
import { Panel } from '../../ui/panel.tsx'
import { AnswerCard } from './answer-card.tsx'

const verdicts = {
  met: 'The chart meets the policy',
  not_met: 'The chart does not meet the policy',
  unclear: 'The chart leaves questions open',
}

/** Why a pathway is not met and the smallest change that would meet it; collapsed by default. */
function WhyNot({ pathway }: { pathway: PathwayResult }) {
  if (pathway.whyNot.length === 0) return null
  return (
    <details className="mt-3 text-sm">
      <summary className="cursor-pointer text-soft">Why not?</summary>
      <ul className="mt-2 list-disc space-y-1 pl-5">
        {pathway.whyNot.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      {pathway.cheapest.length > 0 && (
        <>
          <p className="mt-3 font-medium">The least that would change this</p>
          <ul className="mt-1 list-disc space-y-1 pl-5">
            {pathway.cheapest.map((fact) => (
              <li key={fact}>{fact}</li>
            ))}
          </ul>
        </>
      )}
    </details>
  )
}

/** What the reviewer must know before anything else. */
export function Notices({ notices }: { notices: readonly string[] }) {
  if (notices.length === 0) return null
  return (
    <ul
      role="status"
      className="space-y-1 rounded-xl border border-warn bg-warn-soft p-4 text-warn"
    >
      {notices.map((notice) => (
        <li key={notice} className="first-letter:uppercase">
          {notice}.
        </li>
      ))}
    </ul>
  )
}

/** The policy's pathways, the missing facts, and each question with its evidence. */
export function Assessment({ analysis }: { analysis: AssessedAnalysis }) {
  return (
    <>
      <Notices notices={analysis.notices} />
      <Panel title={verdicts[analysis.verdict]} aside={<VerdictBadge verdict={analysis.verdict} />}>
        <ol className="space-y-2">
          {analysis.pathways.map((pathway, index) => (
            <li key={pathway.pathwayId}>
              {index > 0 && <p className="pb-2 pl-3 text-xs font-semibold text-soft">OR</p>}
              <div
                className={`rounded-lg border p-3 ${pathway.result === 'met' ? 'border-good bg-good-soft' : 'border-line'}`}
              >
                <div className="flex items-start justify-between gap-4">
                  <p className="font-medium">{pathway.label}</p>
                  <VerdictBadge verdict={pathway.result} />
                </div>
                <WhyNot pathway={pathway} />
              </div>
            </li>
          ))}
        </ol>
        {analysis.missing.length > 0 && (
          <div className="mt-4 rounded-lg bg-warn-soft p-3 text-warn">
            <p className="font-medium">What would answer the open questions</p>
            <ul className="mt-1 list-disc pl-5">
              {analysis.missing.map((fact) => (
                <li key={fact}>{fact}</li>
              ))}
            </ul>
          </div>
        )}
      </Panel>
      <Panel title={`The payer's questions (${analysis.answers.length})`}>
        <div className="space-y-3">
          {analysis.answers.map((answer) => (
            <AnswerCard key={answer.criterionId} answer={answer} />
          ))}
        </div>
      </Panel>
    </>
  )
}
