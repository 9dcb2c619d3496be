import type { WorkItemView, WriteBackResolution, WriteBackView } from '@authscript/prior-auth'
import { type FormEvent, type ReactNode, useState } from 'react'
import { useResolveWriteBack } from '../../../api/queries.ts'
import { RelativeTime } from '../../../ui/relative-time.tsx'
import { Failure } from '../../../ui/notice.tsx'
import { Panel } from '../../../ui/panel.tsx'

/** An approved form that may be in the chart: what was sent, and the two decisions a person can make. */
export function WriteBackDecision({
  item,
  writeBack,
}: {
  item: WorkItemView
  writeBack: WriteBackView
}) {
  const resolve = useResolveWriteBack()
  const [documentId, setDocumentId] = useState('')
  const [isConfirming, setConfirming] = useState(false)
  const decide = (resolution: WriteBackResolution) =>
    resolve.mutate({
      workItemId: item.workItemId,
      version: item.version,
      resolution: { ...resolution, run: writeBack.run },
    })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    decide({ decision: 'present', documentId: documentId.trim() })
  }
  return (
    <Panel title="Is the form in the chart?">
      <div className="space-y-4" data-write-back-decision>
        <p>
          The approved form was sent to the EHR, but the EHR did not confirm that it was stored.
          Check the chart of patient {item.patientInitials ?? 'unknown'} (
          <span className="font-mono">{item.patientId}</span>) and record what you find. Nothing is
          sent until you decide.
        </p>
        {writeBack.sent !== null && <Sent sent={writeBack.sent} />}
        <form onSubmit={submit} className="flex items-end gap-3">
          <label className="grow">
            <span className="block text-soft">Document ID in the chart</span>
            <input
              required
              value={documentId}
              onChange={(event) => setDocumentId(event.target.value)}
              pattern="[A-Za-z0-9._\-]{1,128}"
              title="Letters, digits, dots, hyphens and underscores"
              autoComplete="off"
              className="mt-1 w-full rounded-lg border border-line bg-panel px-3 py-2 font-mono"
            />
          </label>
          <button type="submit" disabled={resolve.isPending} className={buttonStyle}>
            It is in the chart
          </button>
        </form>
        {isConfirming ? (
          <div role="group" aria-label="Confirm sending again" className="flex items-center gap-3">
            <span className="grow">
              If the form is already in the chart, sending it again creates a second copy.
            </span>
            <button
              type="button"
              disabled={resolve.isPending}
              onClick={() => decide({ decision: 'send_again' })}
              className={buttonStyle}
            >
              Yes, send again
            </button>
            <button type="button" onClick={() => setConfirming(false)} className={buttonStyle}>
              Cancel
            </button>
          </div>
        ) : (
          <button type="button" onClick={() => setConfirming(true)} className={buttonStyle}>
            Not in the chart: send again
          </button>
        )}
        {resolve.error !== null && <Failure error={resolve.error} />}
      </div>
    </Panel>
  )
}

const buttonStyle =
  'rounded-lg border border-line px-3 py-2 font-medium hover:bg-quiet-soft disabled:opacity-50'

function Sent({ sent }: { sent: NonNullable<WriteBackView['sent']> }) {
  const rows: readonly (readonly [string, ReactNode])[] = [
    ['Title', sent.title],
    ['Sent to', sent.destination],
    ['Last sent', <RelativeTime key="last" time={sent.lastSentAt} />],
    ['Times sent', sent.count],
    ['Size', `${sent.sizeBytes} bytes`],
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
