import { type WebhookWithSecret, webhookTypes } from '@authscript/prior-auth'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { webhookQueries, webhookRequests } from '../../api/webhooks.ts'
import { textInput } from '../../ui/buttons.ts'
import { DraftDialog } from './draft-dialog.tsx'
import { type WebhookDraft, WebhookFields } from './webhook-fields.tsx'

/** What is refused stays typed. */
export function AddWebhookDialog({
  practiceIds,
  onAdded,
  onClose,
}: {
  readonly practiceIds: readonly string[]
  readonly onAdded: (added: WebhookWithSecret) => void
  readonly onClose: () => void
}) {
  const cache = useQueryClient()
  const practiceField = useId()
  const [practiceId, setPracticeId] = useState(practiceIds[0] ?? '')
  const [draft, setDraft] = useState<WebhookDraft>({
    url: '',
    description: '',
    types: webhookTypes,
  })
  const add = useMutation({
    mutationFn: () =>
      webhookRequests.add({
        practiceId,
        url: draft.url.trim(),
        types: [...draft.types],
        description: draft.description.trim() || null,
      }),
    onSuccess: onAdded,
    onSettled: () => cache.invalidateQueries({ queryKey: webhookQueries.list().queryKey }),
  })
  return (
    <DraftDialog
      title="Add a webhook"
      action={add.isPending ? 'Adding…' : 'Add'}
      isOff={add.isPending}
      draft={draft}
      error={add.error}
      onSubmit={() => add.mutate()}
      onClose={onClose}
    >
      {practiceIds.length > 1 && (
        <div>
          <label htmlFor={practiceField} className="block font-medium">
            Practice
          </label>
          <select
            id={practiceField}
            value={practiceId}
            onChange={(event) => setPracticeId(event.target.value)}
            className={`${textInput} mt-1`}
          >
            {practiceIds.map((id) => (
              <option key={id}>{id}</option>
            ))}
          </select>
        </div>
      )}
      <WebhookFields draft={draft} onChange={setDraft} />
    </DraftDialog>
  )
}
