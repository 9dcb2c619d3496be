import {
  americanDate,
  type ReviewView,
  type WriteBackResolution,
  type WriteBackView,
} from '@authscript/prior-auth'
import { type FormEvent, type ReactNode, useId, useState } from 'react'
import { reviewRequests } from '../../../api/review.ts'
import { quietButton, secondaryButton, textInput } from '../../../ui/buttons.ts'
import { RequestFailure } from '../request-failure.tsx'
import { useChange, useKeptVersion, useReview } from '../review-state.tsx'
import { clockTime } from '../times.ts'

/** An approved form that may be in the chart: what was sent, and the two decisions a person can make. */
export function WriteBackDecision({ writeBack }: { writeBack: WriteBackView }) {
  const { order, isWorker, offlineReason } = useReview()
  const resolve = useChange(reviewRequests.resolveWriteBack)
  const [documentId, setDocumentId] = useState('')
  const [isConfirming, setConfirming] = useState(false)
  const id = useId()
  useKeptVersion(documentId !== '' || isConfirming)
  const isOff = resolve.isPending || offlineReason !== undefined
  const decide = (resolution: WriteBackResolution) =>
    resolve.mutate({ ...resolution, run: writeBack.run })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    decide({ decision: 'present', documentId: documentId.trim() })
  }
  return (
    <section
      aria-label="Is the form in the chart?"
      className="space-y-3 border-b border-line bg-warn-soft/40 p-4"
      data-write-back-decision
    >
      <h3 className="text-base font-semibold">Is the form in the chart?</h3>
      <p>
        The approved form was sent to the EHR, but the EHR did not confirm that it was stored. Check
        the chart of {personOf(order)} and record what you find. Nothing is sent until you decide.
      </p>
      {writeBack.sent !== null && <Sent sent={writeBack.sent} />}
      {isWorker && (
        <>
          <form onSubmit={submit} className="flex flex-wrap items-end gap-2">
            <div className="min-w-48 flex-1">
              <label htmlFor={id} className="block text-soft">
                Document ID in the chart
              </label>
              <input
                id={id}
                required
                value={documentId}
                onChange={(event) => setDocumentId(event.target.value)}
                pattern="[A-Za-z0-9._\-]{1,128}"
                title="Letters, digits, dots, hyphens and underscores"
                autoComplete="off"
                className={`${textInput} mt-1 font-mono`}
              />
            </div>
            <button type="submit" disabled={isOff} className={secondaryButton}>
              It is in the chart
            </button>
          </form>
          {isConfirming ? (
            <div role="group" aria-label="Confirm sending again" className="space-y-2">
              <p>If the form is already in the chart, sending it again creates a second copy.</p>
              <div className="flex flex-wrap gap-2">
                <button
                  type="button"
                  disabled={isOff}
                  onClick={() => decide({ decision: 'send_again' })}
                  className={secondaryButton}
                >
                  Yes, send again
                </button>
                <button type="button" onClick={() => setConfirming(false)} className={quietButton}>
                  Cancel
                </button>
              </div>
            </div>
          ) : (
            <button
              type="button"
              disabled={isOff}
              onClick={() => setConfirming(true)}
              className={secondaryButton}
            >
              Not in the chart: send again
            </button>
          )}
        </>
      )}
      <RequestFailure error={resolve.error} onLooked={() => resolve.reset()} />
    </section>
  )
}

/** Enough to find the right chart. */
function personOf({ patientName, patientInitials, birthDate, recordNumber }: ReviewView): string {
  return [
    patientName ?? patientInitials ?? 'the patient',
    birthDate === null ? undefined : `born ${americanDate(birthDate)}`,
    recordNumber === null ? undefined : `record number ${recordNumber}`,
  ]
    .filter((part) => part !== undefined)
    .join(', ')
}

function Sent({ sent }: { sent: NonNullable<WriteBackView['sent']> }) {
  const rows: readonly (readonly [string, ReactNode])[] = [
    ['Title', sent.title],
    ['Sent to', sent.destination],
    ['Last sent', clockTime(sent.lastSentAt)],
    ['Times sent', sent.count],
    ['Size', `${Math.ceil(sent.sizeBytes / 1024)} kB`],
    [
      'Our identifier',
      <span key="identifier" className="font-mono">
        {sent.identifier}
      </span>,
    ],
    [
      'SHA-256 begins with',
      <span key="hash" className="font-mono">
        {sent.sha256.slice(0, 12)}
      </span>,
    ],
  ]
  return (
    <dl className="grid grid-cols-[max-content_1fr] gap-x-4 gap-y-1">
      {rows.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="text-soft">{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
