import type { WebhookView } from '@authscript/prior-auth'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { webhookQueries, webhookRequests } from '../../api/webhooks.ts'
import { DraftDialog } from './draft-dialog.tsx'
import { type WebhookDraft, WebhookFields } from './webhook-fields.tsx'

/** What waits goes to the new address. */
export function EditWebhookDialog({
  webhook,
  onClose,
}: {
  readonly webhook: WebhookView
  readonly onClose: () => void
}) {
  const cache = useQueryClient()
  const [draft, setDraft] = useState<WebhookDraft>({
    url: webhook.url,
    description: webhook.description ?? '',
    types: webhook.types,
  })
  const change = useMutation({
    mutationFn: () =>
      webhookRequests.change({
        webhookId: webhook.webhookId,
        url: draft.url.trim(),
        types: [...draft.types],
        description: draft.description.trim() || null,
      }),
    onSuccess: onClose,
    onSettled: () => cache.invalidateQueries({ queryKey: webhookQueries.list().queryKey }),
  })
  return (
    <DraftDialog
      title="Change the webhook"
      action={change.isPending ? 'Saving…' : 'Save'}
      isOff={change.isPending}
      draft={draft}
      error={change.error}
      onSubmit={() => change.mutate()}
      onClose={onClose}
    >
      <WebhookFields draft={draft} onChange={setDraft} />
    </DraftDialog>
  )
}
