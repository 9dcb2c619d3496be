import { maxWebhookDescription, type WebhookType, webhookTypes } from '@authscript/prior-auth'
import { useId } from 'react'
import { textInput } from '../../ui/buttons.ts'
import { typeWords } from './type-words.ts'

export interface WebhookDraft {
  readonly url: string
  readonly description: string
  readonly types: readonly WebhookType[]
}

/** What of a webhook can be typed, whether it is new or changed. */
export function WebhookFields({
  draft,
  onChange,
}: {
  readonly draft: WebhookDraft
  readonly onChange: (draft: WebhookDraft) => void
}) {
  const ids = { url: useId(), hint: useId(), description: useId() }
  const toggle = (type: WebhookType) =>
    onChange({
      ...draft,
      types: webhookTypes.filter((one) => draft.types.includes(one) !== (one === type)),
    })
  return (
    <>
      <div>
        <label htmlFor={ids.url} className="block font-medium">
          Address
        </label>
        <input
          id={ids.url}
          type="url"
          inputMode="url"
          required
          maxLength={2000}
          autoComplete="off"
          spellCheck={false}
          aria-describedby={ids.hint}
          value={draft.url}
          onChange={(event) => onChange({ ...draft, url: event.target.value })}
          className={`${textInput} mt-1`}
        />
        <p id={ids.hint} className="mt-1 text-sm text-soft">
          It begins with https:// and leads to a public address, unless the operator has allowed its
          network.
        </p>
      </div>
      <div>
        <label htmlFor={ids.description} className="block font-medium">
          Description
        </label>
        <input
          id={ids.description}
          maxLength={maxWebhookDescription}
          autoComplete="off"
          value={draft.description}
          onChange={(event) => onChange({ ...draft, description: event.target.value })}
          className={`${textInput} mt-1`}
        />
      </div>
      <fieldset className="space-y-1">
        <legend className="mb-1 font-medium">Notify it when</legend>
        {webhookTypes.map((type) => (
          <label key={type} className="flex min-h-6 items-start gap-2">
            <input
              type="checkbox"
              checked={draft.types.includes(type)}
              onChange={() => toggle(type)}
              className="mt-1 size-4 shrink-0 accent-accent"
            />
            <span>
              {typeWords[type]} <code className="font-mono text-sm text-soft">{type}</code>
            </span>
          </label>
        ))}
      </fieldset>
    </>
  )
}
