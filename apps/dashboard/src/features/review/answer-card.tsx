import { type Answer, americanDate, type Evidence } from '@authscript/prior-auth'
import { Quote, ScanText } from 'lucide-react'
import { AnswerBadge } from '../../ui/badge.tsx'

/** One of the payer's questions with its answer, the reason, and every piece of evidence. */
export function AnswerCard({ answer }: { answer: Answer }) {
  return (
    <article className="rounded-xl border border-line p-4" data-criterion={answer.criterionId}>
      <div className="flex items-start justify-between gap-4">
        <h3 className="font-medium">{answer.question}</h3>
        <AnswerBadge answer={answer.answer} />
      </div>
      <p className="mt-1 text-soft first-letter:uppercase">{answer.reason}.</p>
      {answer.evidence.length > 0 && (
        <ul className="mt-3 space-y-2">
          {answer.evidence.map((one) => (
            <EvidenceLine
              key={`${one.source.resourceId} ${one.quote?.start ?? ''} ${one.stance}`}
              evidence={one}
            />
          ))}
        </ul>
      )}
    </article>
  )
}

const stanceLabels = {
  supports: 'For',
  refutes: 'Against',
  mentions: 'Mentioned, not conclusive',
} as const
const stanceStyles = {
  supports: 'bg-good-soft text-good',
  refutes: 'bg-bad-soft text-bad',
  mentions: 'bg-quiet-soft text-ink',
} as const

function EvidenceLine({ evidence }: { evidence: Evidence }) {
  const Icon = evidence.quote === undefined ? ScanText : Quote
  return (
    <li className="flex gap-3 rounded-lg bg-sunken px-3 py-2">
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0 text-soft" />
      <div className="min-w-0">
        {evidence.quote === undefined ? (
          <p>{evidence.summary}</p>
        ) : (
          <blockquote>
            <mark className={`rounded px-1 ${stanceStyles[evidence.stance]}`}>
              {evidence.quote.text}
            </mark>
          </blockquote>
        )}
        <p className="mt-0.5 text-xs text-soft">
          {stanceLabels[evidence.stance]} · {sourceOf(evidence)}
          {evidence.date !== undefined && ` · ${americanDate(evidence.date)}`}
          {evidence.proposedBy === 'model' && ' · found by a language model; check the passage'}
        </p>
      </div>
    </li>
  )
}

const sourceLabels: Readonly<Record<string, string>> = {
  Condition: 'problem list',
  Observation: 'results',
  Procedure: 'procedures',
  MedicationRequest: 'medications',
  DiagnosticReport: 'reports',
  DocumentReference: 'note',
  ServiceRequest: 'order',
  Patient: 'patient',
}

/** Where to find it in the chart: the title of the note, or the list. */
function sourceOf({ quote, source, summary }: Evidence): string {
  return quote === undefined ? (sourceLabels[source.resourceType] ?? source.resourceType) : summary
}
