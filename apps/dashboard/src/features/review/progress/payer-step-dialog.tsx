import { type PayerStepRequest, payerStepRequest } from '@authscript/prior-auth'
import { type FormEvent, useId, useState } from 'react'
import { reviewRequests } from '../../../api/review.ts'
import { primaryButton, quietButton, textInput } from '../../../ui/buttons.ts'
import { DialogFrame } from '../../../ui/dialog-frame.tsx'
import { RequestFailure } from '../request-failure.tsx'
import { useChange, useKeptVersion, useReview } from '../review-state.tsx'
import { today } from '../times.ts'
import { useTypedText } from '../typed-text.tsx'

export type PayerStepKind = PayerStepRequest['kind']

interface StepField {
  readonly name: string
  readonly label: string
  readonly input: 'date' | 'text' | 'long' | 'method'
  readonly isRequired: boolean
}

const day = (label: string): StepField => ({ name: 'on', label, input: 'date', isRequired: true })
const text = (name: string, label: string, isRequired: boolean): StepField => ({
  name,
  label,
  input: 'text',
  isRequired,
})

const steps: Readonly<
  Record<PayerStepKind, { readonly title: string; readonly fields: readonly StepField[] }>
> = {
  sent: {
    title: 'Sent to payer',
    fields: [
      day('Sent on'),
      { name: 'method', label: 'How', input: 'method', isRequired: true },
      text('reference', 'Reference of the payer or of the fax', false),
    ],
  },
  more_information_asked: {
    title: 'More information asked',
    fields: [day('Asked on'), { name: 'what', label: 'What', input: 'long', isRequired: true }],
  },
  approved: {
    title: 'Approved by payer',
    fields: [
      day('Decided on'),
      text('authorizationNumber', 'Authorization number', true),
      { name: 'validFrom', label: 'Valid from', input: 'date', isRequired: false },
      { name: 'validTo', label: 'Valid to', input: 'date', isRequired: false },
      text('units', 'Units', false),
    ],
  },
  denied: {
    title: 'Denied by payer',
    fields: [
      day('Decided on'),
      { name: 'reason', label: 'Reason', input: 'long', isRequired: true },
    ],
  },
}

const methods = [
  ['fax', 'Fax'],
  ['portal', 'Payer’s portal'],
  ['phone', 'Phone'],
  ['mail', 'Mail'],
  ['electronic', 'Electronically'],
] as const

/** Records what happened between the practice and the payer. `kinds` are the steps that may come next. */
export function PayerStepDialog({
  kinds,
  onClose,
}: {
  kinds: readonly PayerStepKind[]
  onClose: () => void
}) {
  const { offlineReason } = useReview()
  const record = useChange(reviewRequests.recordPayerStep)
  // With several, none is chosen in advance, so that no accidental click records an approval.
  const [kind, setKind] = useState(kinds.length === 1 ? kinds[0] : undefined)
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({
    on: today(),
  })
  const [isRefused, setRefused] = useState(false)
  useKeptVersion(true)
  useTypedText(
    Object.keys(typed).some((name) => name !== 'on'),
    'what happened with the payer',
  )
  const { title, fields } = kind === undefined ? { title: '', fields: [] } : steps[kind]

  const submit = (event: FormEvent) => {
    event.preventDefault()
    const filled = fields.flatMap(({ name }) => {
      const value = (typed[name] ?? '').trim()
      return value === '' ? [] : [[name, value] as const]
    })
    const step = payerStepRequest.safeParse({ kind, ...Object.fromEntries(filled) })
    setRefused(!step.success)
    if (step.success) record.mutate(step.data, { onSuccess: onClose })
  }
  return (
    <DialogFrame title={kinds.length === 1 ? title : 'What the payer answered'} onClose={onClose}>
      <form onSubmit={submit} className="space-y-3" data-payer-step={kind}>
        {kinds.length > 1 && (
          <fieldset className="flex flex-wrap gap-x-4 gap-y-2">
            <legend className="sr-only">Answer</legend>
            {kinds.map((one) => (
              <label key={one} className="flex items-center gap-1.5">
                <input
                  type="radio"
                  name="kind"
                  checked={kind === one}
                  onChange={() => setKind(one)}
                  className="size-4 accent-accent"
                />
                {steps[one].title}
              </label>
            ))}
          </fieldset>
        )}
        {fields.map((field) => (
          <StepInput
            key={`${kind} ${field.name}`}
            field={field}
            value={typed[field.name] ?? ''}
            onType={(value) => setTyped((before) => ({ ...before, [field.name]: value }))}
          />
        ))}
        {isRefused && (
          <p role="alert" className="text-bad">
            {kind === undefined
              ? 'Choose what the payer answered.'
              : 'Please complete the marked boxes.'}
          </p>
        )}
        <RequestFailure error={record.error} onLooked={() => record.reset()} />
        <div className="flex flex-wrap justify-end gap-2">
          <button type="button" onClick={onClose} className={quietButton}>
            Cancel
          </button>
          <button
            type="submit"
            disabled={record.isPending || offlineReason !== undefined}
            className={primaryButton}
          >
            Record
          </button>
        </div>
      </form>
    </DialogFrame>
  )
}

function StepInput({
  field: { label, input, isRequired },
  value,
  onType,
}: {
  field: StepField
  value: string
  onType: (value: string) => void
}) {
  const id = useId()
  const shared = { id, required: isRequired, value, className: `${textInput} mt-1` }
  return (
    <div>
      <label htmlFor={id} className="block font-medium">
        {label}
        {!isRequired && <span className="font-normal text-soft"> (if known)</span>}
      </label>
      {input === 'method' ? (
        <select {...shared} onChange={(event) => onType(event.target.value)}>
          {/* None in advance: the record must be what the practice really did. */}
          <option value="">Choose…</option>
          {methods.map(([method, words]) => (
            <option key={method} value={method}>
              {words}
            </option>
          ))}
        </select>
      ) : input === 'long' ? (
        <textarea
          {...shared}
          rows={3}
          maxLength={1000}
          onChange={(event) => onType(event.target.value)}
        />
      ) : (
        <input
          {...shared}
          type={input}
          maxLength={200}
          autoComplete="off"
          onChange={(event) => onType(event.target.value)}
        />
      )}
    </div>
  )
}
