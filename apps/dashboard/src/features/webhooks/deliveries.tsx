import type { WebhookDeliveryView, WebhookView } from '@authscript/prior-auth'
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { type DeliveryFilter, webhookQueries, webhookRequests } from '../../api/webhooks.ts'
import { secondaryButton, textInput } from '../../ui/buttons.ts'
import { Failure, Skeleton } from '../../ui/notice.tsx'
import { ProblemText } from '../account/problem-text.tsx'
import { whenWords } from '../operations/times.ts'

const filters: readonly (readonly [DeliveryFilter, string])[] = [
  ['all', 'All'],
  ['pending', 'Waiting'],
  ['delivered', 'Delivered'],
  ['failed', 'Given up'],
]

/** What was sent to a webhook or waits, newest first. */
export function Deliveries({
  webhook,
  mayChange,
}: {
  readonly webhook: WebhookView
  readonly mayChange: boolean
}) {
  const [filter, setFilter] = useState<DeliveryFilter>('all')
  const field = useId()
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(
    webhookQueries.deliveries(webhook.webhookId, filter),
  )
  const rows = data?.pages.flatMap(({ items }) => items) ?? []
  return (
    <div className="mt-2 space-y-2">
      <div className="flex flex-wrap items-center gap-2">
        <label htmlFor={field} className="text-sm text-soft">
          Show
        </label>
        <span className="w-36">
          <select
            id={field}
            value={filter}
            onChange={(event) => setFilter(event.target.value as DeliveryFilter)}
            className={textInput}
          >
            {filters.map(([value, label]) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </select>
        </span>
      </div>
      {data === undefined ? (
        error === null ? (
          <Skeleton rows={2} />
        ) : (
          <Failure error={error} onRetry={() => void refetch()} />
        )
      ) : rows.length === 0 ? (
        <p className="text-soft">There is none.</p>
      ) : (
        <ul aria-label="Deliveries" className="divide-y divide-line rounded-lg bg-sunken">
          {rows.map((row) => (
            <Delivery key={row.deliveryId} row={row} webhook={webhook} mayChange={mayChange} />
          ))}
        </ul>
      )}
      {hasNextPage && (
        <button
          type="button"
          disabled={isFetchingNextPage}
          onClick={() => void fetchNextPage()}
          className={secondaryButton}
        >
          Show more
        </button>
      )}
    </div>
  )
}

function Delivery({
  row,
  webhook,
  mayChange,
}: {
  readonly row: WebhookDeliveryView
  readonly webhook: WebhookView
  readonly mayChange: boolean
}) {
  const { webhookId, state: webhookState } = webhook
  const { deliveryId, type, state, sequence, encounterId, errorCode, createdAt } = row
  const cache = useQueryClient()
  const redeliver = useMutation({
    mutationFn: webhookRequests.redeliver,
    onSettled: () =>
      Promise.all([
        cache.invalidateQueries({ queryKey: ['webhook-deliveries', webhookId] }),
        cache.invalidateQueries({ queryKey: webhookQueries.list().queryKey }),
      ]),
  })
  return (
    <li data-delivery={deliveryId} className="flex flex-wrap items-start gap-x-4 gap-y-1 px-3 py-2">
      <div className="min-w-0 grow basis-56">
        <p>
          <code className="font-mono text-sm">{type}</code>{' '}
          <span className={tones[state]}>{outcomeWords(row)}</span>
          {errorCode !== null && state !== 'delivered' && (
            <>
              {' '}
              <a
                href={`/docs/errors#${errorCode}`}
                target="_blank"
                rel="noreferrer"
                className="text-sm text-accent underline underline-offset-2"
              >
                {errorCode}
              </a>
            </>
          )}
        </p>
        <p className="text-xs text-soft tabular-nums">
          number {sequence}, encounter {encounterId}, of {whenWords(createdAt)}
        </p>
        <ProblemText error={redeliver.error} />
      </div>
      {mayChange && state !== 'pending' && webhookState === 'active' && (
        <button
          type="button"
          disabled={redeliver.isPending}
          onClick={() => redeliver.mutate({ webhookId, deliveryId })}
          className={secondaryButton}
        >
          Send again<span className="sr-only"> number {sequence}</span>
        </button>
      )}
    </li>
  )
}

const tones: Readonly<Record<WebhookDeliveryView['state'], string>> = {
  pending: 'text-warn',
  delivered: 'text-good',
  failed: 'text-bad',
}

function outcomeWords(row: WebhookDeliveryView): string {
  const { state, attemptCount, responseStatus, deliveredAt } = row
  const attempts = attemptCount === 1 ? '1 attempt' : `${attemptCount} attempts`
  const answered = responseStatus === null ? '' : `, it answered ${responseStatus}`
  switch (state) {
    case 'delivered':
      return `delivered ${deliveredAt === null ? '' : whenWords(deliveredAt)}${answered}`
    case 'failed':
      return `given up after ${attempts}${answered}`
    case 'pending':
      return attemptCount === 0 ? 'waits' : `waits after ${attempts}${answered}`
    default:
      return state satisfies never
  }
}
