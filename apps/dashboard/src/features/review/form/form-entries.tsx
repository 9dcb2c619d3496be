import { identityFields } from '@authscript/prior-auth'
import { ChevronRight } from 'lucide-react'
import { type FormEvent, useRef, useState } from 'react'
import { reviewRequests } from '../../../api/review.ts'
import { primaryButton, quietButton, secondaryButton } from '../../../ui/buttons.ts'
import { RequestFailure } from '../request-failure.tsx'
import { useChange, useKeptVersion, useReview } from '../review-state.tsx'
import { useTypedText } from '../typed-text.tsx'
import { BoxInput } from './box-input.tsx'
import { boxOf, type FormBox, shownValue } from './form-boxes.ts'

/** The boxes that people type: those that the payer requires and the chart lacks, and any other on request. */
export function FormEntries({
  openFields,
  onFocusField,
}: {
  /** Boxes that were chosen on the page. */
  openFields: readonly string[]
  onFocusField: (field: string | undefined) => void
}) {
  const { order, isDraft, isEditable } = useReview()
  const fill = useChange(reviewRequests.fillForm)
  const form = useRef<HTMLFormElement>(null)
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({})
  const isTyping = Object.keys(typed).length > 0
  useKeptVersion(isTyping, 'boxes of the form')
  useTypedText(isTyping, 'boxes of the form')

  const missing = order.missingFields.flatMap((field) => boxOf(field) ?? [])
  const asked = asksForReason(typed['choices.review'], order.formValues) ? [urgentReason] : []
  // Typed text stays visible, even if somebody else has completed the box or closed the order meanwhile: nothing is saved unseen.
  const others = [...new Set([...asked, ...openFields, ...Object.keys(typed)])]
    .filter((field) => !order.missingFields.includes(field))
    .flatMap((field) => boxOf(field) ?? [])
    .filter((box) => box.field in typed || mayBeTyped(box, order.formValues))
  const remembered = Object.fromEntries(
    missing.flatMap(({ field }) => {
      const value = order.rememberedEntries[field]
      return value === undefined || field in typed ? [] : [[field, value]]
    }),
  )
  if (!isEditable && !isTyping) return null

  const save = (event: FormEvent) => {
    event.preventDefault()
    if (!isTyping || fill.isPending) return
    const entries = Object.fromEntries(
      Object.entries(typed).map(([field, value]) => [field, value.trim() === '' ? null : value]),
    )
    fill.mutate(entries, {
      onSuccess(result) {
        setTyped({})
        // What is still to complete would otherwise stay above the part that is seen.
        if (result.missingFields.length > 0) form.current?.scrollIntoView({ block: 'start' })
      },
    })
  }
  const isBlankOnForm = order.missingFields.includes(urgentReason)
  const toRow = (box: FormBox) => (
    <div
      key={box.field}
      data-field={box.field}
      className="grid grid-cols-[9rem_1fr] items-center gap-2"
    >
      <label htmlFor={`box-${box.field}`} className="text-soft">
        {box.label}
      </label>
      <BoxInput
        box={box}
        value={typed[box.field] ?? order.formValues[box.field] ?? ''}
        isDisabled={!isEditable}
        onFocus={() => onFocusField(box.field)}
        onType={(value) => setTyped((before) => ({ ...before, [box.field]: value }))}
      />
      {box.field === 'choices.review' && isBlankOnForm && (
        <p className="col-start-2 text-xs text-warn">
          Stays blank on the form until the reason for urgent review is typed.
        </p>
      )}
    </div>
  )
  const rows = [...missing, ...others]
  if (rows.length === 0) return null
  return (
    <form
      ref={form}
      onSubmit={save}
      data-form-entries
      aria-label="Boxes to complete"
      className="space-y-2 border-b border-line bg-sunken px-4 py-3"
    >
      {missing.length > 0 && (
        <p className="font-medium text-warn">
          {missing.length} to complete: {missing.map(({ label }) => label).join(', ')}
        </p>
      )}
      {isEditable && Object.keys(remembered).length > 0 && (
        <button
          type="button"
          onClick={() => setTyped((before) => ({ ...remembered, ...before }))}
          className={`${secondaryButton} text-left whitespace-normal`}
        >
          Copy from earlier orders of {order.providerName ?? 'this provider'}:{' '}
          {missing
            .filter(({ field }) => field in remembered)
            .map(({ label }) => label)
            .join(', ')}
        </button>
      )}
      {isTyping && !isDraft && (
        <p role="alert" className="font-medium text-warn">
          This order is no longer a draft: what you typed is kept here, and it is not on the form.
        </p>
      )}
      {rows.map(toRow)}
      <RequestFailure error={fill.error} onLooked={() => fill.reset()} />
      {isTyping && (
        <div className="flex flex-wrap gap-2">
          <button type="submit" disabled={fill.isPending || !isEditable} className={primaryButton}>
            {fill.isPending ? 'Filling the form…' : 'Fill the form'}
          </button>
          <button type="button" onClick={() => setTyped({})} className={quietButton}>
            Undo what I typed
          </button>
        </div>
      )}
    </form>
  )
}

const urgentReason = 'values.review.urgentReason'

/** A person who makes the review urgent is asked for the reason at once, if the form has a box for it. */
function asksForReason(
  review: string | undefined,
  values: Readonly<Record<string, string>>,
): boolean {
  return review === 'urgent' && values[urgentReason] === ''
}

/** The patient's identity comes from the chart, if the chart has it. */
export function mayBeTyped(box: FormBox, values: Readonly<Record<string, string>>): boolean {
  const isIdentity = (identityFields as readonly string[]).includes(box.field)
  return !isIdentity || (values[box.field] ?? '') === ''
}

/** Every box of the form with what it says, who typed it, and the way to change it. */
export function AllBoxes({ onOpenField }: { onOpenField: (field: string) => void }) {
  const { order, isEditable } = useReview()
  const undo = useChange(reviewRequests.fillForm)
  const entries = new Map(order.formEntries.map((entry) => [entry.field, entry]))
  const boxes = Object.keys(order.formValues).flatMap((field) => boxOf(field) ?? [])
  if (boxes.length === 0) return null
  return (
    <details
      className="group border-t border-line px-4 py-2"
      onToggle={({ currentTarget }) => {
        // It is the last part of a pane that scrolls: what opens would be out of sight.
        if (currentTarget.open) currentTarget.scrollIntoView({ block: 'start' })
      }}
    >
      <summary className="flex min-h-6 cursor-pointer items-center gap-1 rounded text-xs font-medium text-soft hover:text-ink">
        <ChevronRight aria-hidden className="size-3.5 group-open:rotate-90" />
        All boxes of the form ({boxes.length})
      </summary>
      <RequestFailure error={undo.error} onLooked={() => undo.reset()} />
      <ul className="mt-1">
        {boxes.map((box) => {
          const entry = entries.get(box.field)
          const value = order.formValues[box.field] ?? ''
          return (
            <li
              key={box.field}
              data-box-line={box.field}
              className="flex items-start gap-2 border-b border-line py-1 last:border-b-0"
            >
              <span className="min-w-0 grow">
                <span className="block text-xs text-soft">
                  {box.label}
                  {entry !== undefined && ` · typed by ${entry.enteredBy}`}
                </span>
                <span className="line-clamp-2 break-words">
                  {value === '' ? 'empty' : shownValue(box, value)}
                </span>
              </span>
              {isEditable && entry !== undefined && (
                <button
                  type="button"
                  disabled={undo.isPending}
                  onClick={() => undo.mutate({ [box.field]: null })}
                  className="min-h-6 rounded px-1 text-xs font-medium text-accent hover:underline"
                >
                  Use the chart’s<span className="sr-only"> {box.label}</span>
                </button>
              )}
              {isEditable && mayBeTyped(box, order.formValues) && (
                <button
                  type="button"
                  onClick={() => onOpenField(box.field)}
                  className="min-h-6 rounded px-1 text-xs font-medium text-accent hover:underline"
                >
                  Change<span className="sr-only"> {box.label}</span>
                </button>
              )}
            </li>
          )
        })}
      </ul>
    </details>
  )
}
