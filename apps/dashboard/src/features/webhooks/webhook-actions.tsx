import type { WebhookTestResult, WebhookView, WebhookWithSecret } from '@authscript/prior-auth'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { webhookQueries, webhookRequests } from '../../api/webhooks.ts'
import { primaryButton, quietButton, secondaryButton } from '../../ui/buttons.ts'
import { notify } from '../../ui/notify.ts'
import { ProblemText } from '../account/problem-text.tsx'
import { Worded } from '../operations/worded.tsx'
import { EditWebhookDialog } from './edit-webhook-dialog.tsx'

type Asked = 'disable' | 'rotate' | 'remove'

const questions: Readonly<Record<Asked, { readonly text: string; readonly action: string }>> = {
  disable: {
    text: 'Nothing is sent until it is enabled. Messages wait until then.',
    action: 'Disable the webhook',
  },
  rotate: {
    text: 'A new secret is shown once. The earlier one also signs for a while, so that the system can be changed without losing a message.',
    action: 'Make a new secret',
  },
  remove: {
    text: 'It is deleted with its deliveries, and waiting messages are not sent. This cannot be undone.',
    action: 'Delete the webhook',
  },
}

export function WebhookActions({
  webhook,
  onSecret,
}: {
  readonly webhook: WebhookView
  readonly onSecret: (made: WebhookWithSecret) => void
}) {
  const { webhookId, url, state } = webhook
  const name = webhook.description ?? url
  const cache = useQueryClient()
  const [asked, setAsked] = useState<Asked>()
  const [isEditing, setIsEditing] = useState(false)
  const changed = () => cache.invalidateQueries({ queryKey: webhookQueries.list().queryKey })
  const test = useMutation({ mutationFn: () => webhookRequests.test(webhookId) })
  const act = useMutation({
    async mutationFn(what: Asked | 'enable') {
      if (what === 'rotate') onSecret(await webhookRequests.rotate(webhookId))
      else await webhookRequests[what](webhookId)
    },
    onSuccess(_result, what) {
      setAsked(undefined)
      if (what === 'remove') void notify('The webhook is deleted.')
    },
    onSettled: changed,
  })
  const ask = (what: Asked) => {
    act.reset()
    setAsked(what)
  }
  return (
    <div className="space-y-2">
      <div className="flex flex-wrap gap-2">
        <button
          type="button"
          disabled={test.isPending}
          onClick={() => test.mutate()}
          className={secondaryButton}
        >
          {test.isPending ? 'Sending…' : 'Send a test'}
          <Of name={name} />
        </button>
        <button type="button" onClick={() => setIsEditing(true)} className={secondaryButton}>
          Change
          <Of name={name} />
        </button>
        <button
          type="button"
          disabled={act.isPending}
          onClick={() => (state === 'active' ? ask('disable') : act.mutate('enable'))}
          className={secondaryButton}
        >
          {state === 'active' ? 'Disable' : 'Enable'}
          <Of name={name} />
        </button>
        <button type="button" onClick={() => ask('rotate')} className={secondaryButton}>
          New secret
          <Of name={name} />
        </button>
        <button type="button" onClick={() => ask('remove')} className={quietButton}>
          Delete
          <Of name={name} />
        </button>
      </div>
      <div role="status">{test.data !== undefined && <TestResult result={test.data} />}</div>
      <ProblemText error={test.error} />
      {asked !== undefined && (
        <div className="flex flex-wrap items-center gap-2 rounded-lg bg-warn-soft p-3 text-warn">
          <p className="grow basis-64">{questions[asked].text}</p>
          <button
            type="button"
            disabled={act.isPending}
            onClick={() => act.mutate(asked)}
            className={primaryButton}
          >
            {questions[asked].action}
          </button>
          <button type="button" onClick={() => setAsked(undefined)} className={quietButton}>
            Cancel
          </button>
        </div>
      )}
      <ProblemText error={act.error} />
      {isEditing && <EditWebhookDialog webhook={webhook} onClose={() => setIsEditing(false)} />}
    </div>
  )
}

const Of = ({ name }: { readonly name: string }) => <span className="sr-only"> ({name})</span>

function TestResult({ result }: { readonly result: WebhookTestResult }) {
  if (result.isDelivered)
    return (
      <p className="rounded-lg bg-good-soft px-3 py-2 text-good">
        The test was delivered: it answered {result.status}.
      </p>
    )
  return (
    <p className="rounded-lg bg-bad-soft px-3 py-2 text-bad">
      The test was not delivered: {result.reason}.{' '}
      {result.remedy !== null && <Worded>{`To do: ${result.remedy}.`}</Worded>}
    </p>
  )
}
