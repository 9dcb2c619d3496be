import type { WebhookView, WebhookWithSecret } from '@authscript/prior-auth'
import { useState } from 'react'
import { now } from '../../clock.ts'
import { quietButton } from '../../ui/buttons.ts'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { whenWords } from '../operations/times.ts'
import { Worded } from '../operations/worded.tsx'
import { Deliveries } from './deliveries.tsx'
import { WebhookActions } from './webhook-actions.tsx'
import { WebhookState } from './webhook-state.tsx'

export function WebhookCard({
  webhook,
  mayChange,
  onSecret,
}: {
  readonly webhook: WebhookView
  readonly mayChange: boolean
  readonly onSecret: (made: WebhookWithSecret) => void
}) {
  const { webhookId, url, description, practiceId, types, lastDeliveredAt, pendingCount } = webhook
  const [isOpen, setIsOpen] = useState(false)
  return (
    <li
      data-webhook={webhookId}
      className="space-y-3 rounded-xl border border-line bg-panel p-4 [overflow-wrap:anywhere]"
    >
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-1">
        <div className="min-w-0 grow basis-64">
          <h2 className="font-medium">{description ?? new URL(url).host}</h2>
          <p className="font-mono text-sm text-soft">{url}</p>
        </div>
        <WebhookState webhook={webhook} />
      </div>
      <p className="text-sm text-soft">
        Practice {practiceId} · {types.join(', ')}
        <br />
        {lastDeliveredAt === null ? (
          'No success yet'
        ) : (
          <>
            Last success <RelativeTime time={lastDeliveredAt} />
          </>
        )}
        {' · '}
        {pendingCount === 1 ? '1 message waits' : `${pendingCount} messages wait`}
        {webhook.previousSecretUntil !== null &&
          Date.parse(webhook.previousSecretUntil) > now() &&
          ` · the earlier secret also signs until ${whenWords(webhook.previousSecretUntil)}`}
      </p>
      <Trouble webhook={webhook} />
      {mayChange && <WebhookActions webhook={webhook} onSecret={onSecret} />}
      <div>
        <button
          type="button"
          aria-expanded={isOpen}
          onClick={() => setIsOpen(!isOpen)}
          className={`${quietButton} -ml-3`}
        >
          {isOpen ? 'Hide' : 'Show'} deliveries
          <span className="sr-only"> of {description ?? url}</span>
        </button>
        {isOpen && <Deliveries webhook={webhook} mayChange={mayChange} />}
      </div>
    </li>
  )
}

/** What is wrong, and what can be done about it. */
function Trouble({ webhook: { state, disabledBy, failure } }: { readonly webhook: WebhookView }) {
  if (state === 'active' && failure === null) return null
  return (
    <div className="space-y-1 rounded-lg bg-warn-soft p-3 text-warn" data-trouble>
      {state === 'disabled' && (
        <p>
          {disabledBy === null
            ? 'The gateway has disabled it, because nothing was delivered for too long, or the endpoint answered that it is gone.'
            : `${disabledBy} has disabled it.`}{' '}
          Waiting messages are sent when it is enabled.
        </p>
      )}
      {failure !== null && (
        <>
          <p>
            Since {whenWords(failure.since)} every attempt failed: {failure.reason}.{' '}
            <a
              href={`/docs/errors#${failure.code}`}
              target="_blank"
              rel="noreferrer"
              className="whitespace-nowrap underline underline-offset-2"
            >
              {failure.code}
            </a>
          </p>
          {failure.remedy !== null && (
            <p>
              <Worded>{`To do: ${failure.remedy}.`}</Worded>
            </p>
          )}
          {failure.nextAttemptAt !== null && (
            <p>
              {failure.attemptCount === 1 ? '1 attempt' : `${failure.attemptCount} attempts`} so far
              {Date.parse(failure.nextAttemptAt) > now() &&
                `, the next at ${whenWords(failure.nextAttemptAt)}`}
              .
            </p>
          )}
        </>
      )}
    </div>
  )
}
