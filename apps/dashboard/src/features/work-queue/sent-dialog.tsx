import { type QueueRow, type SendingMethod, sendingMethod } from '@authscript/prior-auth'
import { type FormEvent, useId, useState } from 'react'
import type { SentEntry } from '../../api/sent.ts'
import { now } from '../../clock.ts'
import { ActDialog } from '../../ui/act-dialog.tsx'
import { textInput } from '../../ui/buttons.ts'
import { dayOf } from './due.ts'

const methodWords: Readonly<Record<SendingMethod, string>> = {
  fax: 'Fax',
  portal: 'Payer’s portal',
  phone: 'Phone',
  mail: 'Mail',
  electronic: 'Electronically',
}

/** Asks when and how the selected orders were sent: one day and one way for all, and a reference for all or for each. */
export function SentDialog({
  rows,
  isPending,
  refusal,
  onRecord,
  onClose,
}: {
  readonly rows: readonly QueueRow[]
  readonly isPending: boolean
  /** Why nothing was recorded. */
  readonly refusal: string | undefined
  readonly onRecord: (entry: SentEntry) => void
  readonly onClose: () => void
}) {
  const id = useId()
  const [hasOwn, setHasOwn] = useState(false)
  const [own, setOwn] = useState<Readonly<Record<string, string>>>({})
  const submit = (event: FormEvent<HTMLFormElement>) => {
    const form = new FormData(event.currentTarget)
    const one = String(form.get('reference') ?? '').trim()
    onRecord({
      on: String(form.get('on')),
      method: sendingMethod.parse(form.get('method')),
      items: rows.map(({ workItemId, version }) => {
        const reference = hasOwn ? (own[workItemId] ?? '').trim() : one
        return { workItemId, version, ...(reference === '' ? {} : { reference }) }
      }),
    })
  }
  return (
    <ActDialog
      title={
        rows.length === 1 ? 'Record one order as sent' : `Record ${rows.length} orders as sent`
      }
      action={isPending ? 'Recording…' : 'Record as sent'}
      isOff={isPending}
      onAct={submit}
      onClose={onClose}
    >
      <div className="grid gap-3 min-[480px]:grid-cols-2">
        <div>
          <label htmlFor={`${id}-on`} className="block font-medium">
            Sent on
          </label>
          <input
            id={`${id}-on`}
            name="on"
            type="date"
            required
            max={dayOf(now())}
            defaultValue={dayOf(now())}
            className={`${textInput} mt-1`}
          />
        </div>
        <div>
          <label htmlFor={`${id}-method`} className="block font-medium">
            How
          </label>
          <select
            id={`${id}-method`}
            name="method"
            required
            defaultValue=""
            className={`${textInput} mt-1`}
          >
            <option value="">Choose…</option>
            {sendingMethod.options.map((method) => (
              <option key={method} value={method}>
                {methodWords[method]}
              </option>
            ))}
          </select>
        </div>
      </div>
      {!hasOwn && (
        <div>
          <label htmlFor={`${id}-reference`} className="block font-medium">
            Reference of the payer or of the fax{' '}
            <span className="font-normal text-soft">(if known)</span>
          </label>
          <input
            id={`${id}-reference`}
            name="reference"
            maxLength={200}
            autoComplete="off"
            className={`${textInput} mt-1`}
          />
        </div>
      )}
      {rows.length > 1 && (
        <label className="flex items-center gap-2">
          <input
            type="checkbox"
            checked={hasOwn}
            onChange={(event) => setHasOwn(event.target.checked)}
            className="size-4 accent-accent"
          />
          Each order has a reference of its own
        </label>
      )}
      {hasOwn && (
        <ul className="max-h-72 space-y-2 overflow-y-auto">
          {rows.map(({ workItemId, patientName, orderDescription }) => (
            <li key={workItemId} className="grid grid-cols-2 items-center gap-2">
              <label htmlFor={`${id}-${workItemId}`} dir="auto" className="min-w-0 text-left">
                <span className="line-clamp-2 break-words">{patientName ?? 'Name not known'}</span>
                <span className="line-clamp-2 text-xs text-soft">
                  {orderDescription ?? 'Order'}
                </span>
              </label>
              <input
                id={`${id}-${workItemId}`}
                maxLength={200}
                autoComplete="off"
                value={own[workItemId] ?? ''}
                onChange={(event) =>
                  setOwn((before) => ({ ...before, [workItemId]: event.target.value }))
                }
                className={textInput}
              />
            </li>
          ))}
        </ul>
      )}
      {refusal !== undefined && (
        <p role="alert" className="text-bad">
          {refusal}
        </p>
      )}
    </ActDialog>
  )
}
