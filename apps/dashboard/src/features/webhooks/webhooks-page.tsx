import type { WebhookWithSecret } from '@authscript/prior-auth'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { queries } from '../../api/queries.ts'
import { webhookQueries } from '../../api/webhooks.ts'
import { primaryButton } from '../../ui/buttons.ts'
import { Empty, Failure, Skeleton } from '../../ui/notice.tsx'
import { useTitle } from '../../ui/use-title.ts'
import { ShownOnce } from '../people/shown-once.tsx'
import { AddWebhookDialog } from './add-webhook-dialog.tsx'
import { WebhookCard } from './webhook-card.tsx'

const readers = ['administrator', 'service', 'operator'] as const

/** The practice's own systems that are notified: how each is, and what it got. */
export function WebhooksPage() {
  useTitle('Webhooks')
  const session = useQuery(queries.session())
  if (session.data === undefined) return null
  const { roles, practiceIds } = session.data
  if (!readers.some((role) => roles.includes(role)))
    return (
      <Empty title="Only administrators and operators see webhooks.">
        Ask somebody who has the role administrator.
      </Empty>
    )
  const mayChange = roles.includes('administrator') || roles.includes('service')
  return <Webhooks practiceIds={practiceIds} mayChange={mayChange} />
}

function Webhooks({
  practiceIds,
  mayChange,
}: {
  readonly practiceIds: readonly string[]
  readonly mayChange: boolean
}) {
  const { data, error, refetch } = useQuery(webhookQueries.list())
  const [isAdding, setIsAdding] = useState(false)
  const [made, setMade] = useState<WebhookWithSecret>()
  return (
    <div className="space-y-4">
      <header className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <div className="min-w-0 grow basis-72">
          <h1 className="text-xl font-semibold tracking-tight">Webhooks</h1>
          <p className="text-soft">
            The practice’s own systems that are notified of forms and decisions. Messages hold ids
            only, and are signed as{' '}
            <a
              href="https://www.standardwebhooks.com"
              target="_blank"
              rel="noreferrer"
              className="text-accent underline underline-offset-2"
            >
              Standard Webhooks
            </a>{' '}
            says.
          </p>
        </div>
        {mayChange && (
          <button type="button" onClick={() => setIsAdding(true)} className={primaryButton}>
            Add a webhook
          </button>
        )}
      </header>
      {!mayChange && (
        <p className="text-soft">
          You see the state of each webhook, and only the server of its address. An administrator of
          the practice can change them.
        </p>
      )}
      {made !== undefined && (
        <ShownOnce
          title={`The secret of ${made.url}`}
          hint="It is shown only now. The system needs it to verify the signatures."
          text={made.secret}
          onDone={() => setMade(undefined)}
        />
      )}
      {data === undefined ? (
        error === null ? (
          <Skeleton rows={3} />
        ) : (
          <Failure error={error} onRetry={() => void refetch()} />
        )
      ) : data.length === 0 ? (
        <Empty title="There is no webhook yet">
          {mayChange
            ? 'Add the address of a system that takes messages over https.'
            : 'An administrator of a practice adds them.'}
        </Empty>
      ) : (
        <ul aria-label="Webhooks" className="space-y-4">
          {data.map((webhook) => (
            <WebhookCard
              key={webhook.webhookId}
              webhook={webhook}
              mayChange={mayChange}
              onSecret={setMade}
            />
          ))}
        </ul>
      )}
      {isAdding && (
        <AddWebhookDialog
          practiceIds={practiceIds}
          onAdded={(added) => {
            setIsAdding(false)
            setMade(added)
          }}
          onClose={() => setIsAdding(false)}
        />
      )}
    </div>
  )
}
