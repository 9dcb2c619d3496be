import type { WorkItemView } from '@authscript/prior-auth'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { ArrowLeft, Download, ExternalLink, PenLine } from 'lucide-react'
import { useEffect } from 'react'
import { formUrl } from '../../api/client.ts'
import { queries } from '../../api/queries.ts'
import { ReviewBadge } from '../../ui/badge.tsx'
import { Failure, Skeleton } from '../../ui/notice.tsx'
import { Panel } from '../../ui/panel.tsx'
import { Support } from '../../ui/support.tsx'
import { Assessment, Notices } from './assessment.tsx'
import { CompletenessTable } from './completeness-table.tsx'
import { WriteBackDecision } from './write-back-decision.tsx'

/** One order: the payer's questions, the answers from the chart, and the drafted form. */
export function ReviewPage() {
  const { workItemId } = useParams({ from: '/signed-in/work-items/$workItemId' })
  const { data: item, error, refetch } = useQuery(queries.workItem(workItemId))
  useEffect(() => {
    document.title = 'Review · AuthScript'
  }, [])
  return (
    <div className="space-y-5">
      <Link to="/" className="inline-flex items-center gap-1.5 text-soft hover:text-ink">
        <ArrowLeft aria-hidden className="size-4" /> Work queue
      </Link>
      {error !== null ? (
        <Failure error={error} onRetry={() => void refetch()} />
      ) : item === undefined ? (
        <Skeleton rows={8} />
      ) : (
        <Item item={item} />
      )}
    </div>
  )
}

function Item({ item }: { item: WorkItemView }) {
  const { analysis } = item
  return (
    <>
      <header className="flex items-start justify-between gap-6">
        <div>
          <div className="flex items-center gap-3">
            <h1 className="text-xl font-semibold tracking-tight">
              {item.orderDescription ?? 'Order'}
            </h1>
            <ReviewBadge review={item.review} needsDecision={item.needsDecision} />
          </div>
          <p className="mt-1 text-soft">
            <span className="font-mono">{item.procedureCode ?? 'no procedure code'}</span> · patient{' '}
            {item.patientInitials ?? 'unknown'} ·{' '}
            <span className="font-mono">{item.encounterId}</span> ·{' '}
            <span className="font-mono">{item.transactionId}</span>
          </p>
          {analysis.outcome === 'assessed' && (
            <p className="mt-2 text-soft">
              {analysis.policy.title}, version {analysis.policy.version}.{' '}
              {analysis.policy.citations
                .map((citation) => [citation.document, citation.date].filter(Boolean).join(', '))
                .join('; ')}
            </p>
          )}
        </div>
        {analysis.outcome === 'assessed' && (
          <div className="shrink-0 text-right">
            <p className="text-xs font-semibold text-soft">Support in the chart</p>
            <Support value={analysis.confidence} />
            <p className="mt-1 max-w-64 text-xs text-soft first-letter:uppercase">
              {analysis.confidenceReason}
            </p>
          </div>
        )}
      </header>
      <div
        className={`grid items-start gap-5 ${item.form === null ? '' : 'grid-cols-[minmax(0,1fr)_minmax(0,1fr)]'}`}
      >
        <div className="space-y-5">
          {item.writeBack?.needsDecision === true && (
            <WriteBackDecision item={item} writeBack={item.writeBack} />
          )}
          {analysis.outcome === 'assessed' ? (
            <Assessment analysis={analysis} />
          ) : (
            <>
              <Notices notices={analysis.notices ?? []} />
              <Panel title="Outcome">
                <p className="first-letter:uppercase">{analysis.reason}.</p>
              </Panel>
            </>
          )}
          <CompletenessTable completeness={item.completeness} />
        </div>
        {item.form !== null && <FormPane item={item} pages={item.form.pages} />}
      </div>
    </>
  )
}

function FormPane({ item, pages }: { item: WorkItemView; pages: number }) {
  const url = formUrl(item.workItemId, item.version)
  return (
    <div className="sticky top-20 space-y-3">
      <Panel
        title={`Drafted form, ${pages === 1 ? 'one page' : `${pages} pages`}`}
        aside={
          <span className="flex gap-1">
            <a
              href={url}
              target="_blank"
              rel="noreferrer"
              className="inline-flex items-center gap-1.5 rounded-lg px-2 py-1 text-soft hover:bg-quiet-soft hover:text-ink"
            >
              <ExternalLink aria-hidden className="size-4" /> Open
            </a>
            <a
              href={url}
              download
              className="inline-flex items-center gap-1.5 rounded-lg px-2 py-1 text-soft hover:bg-quiet-soft hover:text-ink"
            >
              <Download aria-hidden className="size-4" /> Download
            </a>
          </span>
        }
      >
        <iframe
          title="Drafted form"
          src={`${url}#view=FitH`}
          className="h-[calc(100vh-220px)] min-h-[420px] w-full rounded-lg border border-line bg-sunken"
        />
        <p className="mt-3 flex items-center gap-2 text-xs text-soft">
          <PenLine aria-hidden className="size-4 shrink-0" /> Signature, date and attestation are
          left for the provider: the gateway never fills them.
        </p>
      </Panel>
    </div>
  )
}
