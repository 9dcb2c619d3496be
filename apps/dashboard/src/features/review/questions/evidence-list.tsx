import { type Answer, americanDate, type Evidence } from '@authscript/prior-auth'
import { useState } from 'react'
import { evidenceOf, firstEvidence } from './question-order.ts'

/** The evidence of an answer, each piece once: the best first, the rest on request. */
export function EvidenceList({
  answer,
  onShow,
}: {
  answer: Answer
  onShow: (evidence: Evidence) => void
}) {
  const [isOpen, setOpen] = useState(false)
  const all = evidenceOf(answer)
  const first = firstEvidence(all)
  const hiddenCount = all.length - first.length
  if (all.length === 0) return null
  return (
    <div className="space-y-1">
      <ul className="space-y-1">
        {(isOpen ? all : first).map((one) => (
          <li key={`${one.source.resourceId} ${one.quote?.start ?? one.summary} ${one.stance}`}>
            <EvidenceLine evidence={one} onShow={() => onShow(one)} />
          </li>
        ))}
      </ul>
      {hiddenCount > 0 && (
        <button
          type="button"
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
          className="min-h-6 rounded px-1 text-xs font-medium text-accent hover:underline"
        >
          {isOpen ? 'Show less' : `+${hiddenCount} more`}
        </button>
      )}
    </div>
  )
}

/** The answer that a passage supports. Whether that helps the request depends on the question. */
const stanceWords = {
  supports: 'says yes',
  refutes: 'says no',
  mentions: 'mentioned, does not settle it',
} as const

function EvidenceLine({ evidence, onShow }: { evidence: Evidence; onShow: () => void }) {
  return (
    <button
      type="button"
      onClick={onShow}
      title="Show it in the chart"
      className="block w-full rounded-md border-l-2 border-edge bg-sunken px-2 py-1 text-left hover:border-accent"
    >
      <span className="line-clamp-3 break-words">
        {evidence.quote === undefined ? evidence.summary : `“${evidence.quote.text.trim()}”`}
      </span>
      <span className="block text-xs text-soft">
        {sourceOf(evidence)}
        {evidence.date !== undefined && `, ${americanDate(evidence.date)}`} ·{' '}
        {stanceWords[evidence.stance]}
        {evidence.proposedBy === 'model' && ' · found by a language model; check the passage'}
      </span>
    </button>
  )
}

const sourceLabels: Readonly<Record<string, string>> = {
  Condition: 'Problem list',
  Observation: 'Results',
  Procedure: 'Procedures',
  MedicationRequest: 'Medications',
  DiagnosticReport: 'Reports',
  DocumentReference: 'Note',
  ServiceRequest: 'Order',
  DeviceRequest: 'Order',
  Patient: 'Patient',
}

/** Where to find it in the chart: the title of the note, or the list. */
function sourceOf({ quote, source, summary }: Evidence): string {
  const list = sourceLabels[source.resourceType] ?? 'Chart'
  return quote === undefined || summary === '' ? list : summary
}
