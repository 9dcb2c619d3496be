import type { FaxContact } from '@authscript/prior-auth'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Download, Printer } from 'lucide-react'
import { type FormEvent, useId, useState } from 'react'
import { faxUrl, RequestFailed } from '../../../api/client.ts'
import { reviewQueries, reviewRequests } from '../../../api/review.ts'
import { Failure, Skeleton } from '../../../ui/notice.tsx'
import { primaryButton, quietButton, secondaryButton, textInput } from '../../../ui/buttons.ts'
import { DialogFrame } from '../../../ui/dialog-frame.tsx'
import { RequestFailure } from '../request-failure.tsx'
import { useReview } from '../review-state.tsx'
import { printForm } from './print-form.ts'

/** Where the request is faxed and who sends it; then the page is printed or downloaded before the document. */
export function FaxDialog({ onClose }: { onClose: () => void }) {
  const { order } = useReview()
  const known = useQuery(reviewQueries.faxContact(order.workItemId))
  return (
    <DialogFrame title="Print with a fax page" onClose={onClose}>
      {known.data === undefined ? (
        known.error === null ? (
          <Skeleton rows={5} />
        ) : (
          <Failure error={known.error} onRetry={() => void known.refetch()} />
        )
      ) : (
        <FaxForm known={known.data} isRemembered={known.data.isRemembered} onClose={onClose} />
      )}
    </DialogFrame>
  )
}

const fields: readonly (readonly [keyof FaxContact, string, boolean])[] = [
  ['recipient', 'To: payer or department', true],
  ['recipientFax', 'Fax number of the payer', true],
  ['sender', 'From: practice', true],
  ['senderPhone', 'Phone of the practice', false],
  ['senderFax', 'Fax number of the practice', false],
]

function FaxForm({
  known,
  isRemembered,
  onClose,
}: {
  known: FaxContact
  isRemembered: boolean
  onClose: () => void
}) {
  const { order, offlineReason } = useReview()
  const cache = useQueryClient()
  const [contact, setContact] = useState<FaxContact>({
    recipient: known.recipient,
    recipientFax: known.recipientFax,
    sender: known.sender,
    senderPhone: known.senderPhone,
    senderFax: known.senderFax,
  })
  const id = useId()
  const keep = useMutation({
    mutationFn: (_use: 'print' | 'download') =>
      reviewRequests.keepFaxContact(order.workItemId, contact),
    onSuccess(_kept, use) {
      void cache.invalidateQueries({ queryKey: ['fax-contact'] })
      const url = faxUrl(order.workItemId, order.version)
      if (use === 'print') printForm(url)
      else download(url)
      onClose()
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const { submitter } = event.nativeEvent as SubmitEvent
    if (keep.isPending) return
    keep.mutate(submitter?.getAttribute('value') === 'download' ? 'download' : 'print')
  }
  const wrong = wrongFields(keep.error)
  const isOff = keep.isPending || offlineReason !== undefined
  return (
    <form onSubmit={submit} className="space-y-3">
      <p>
        {isRemembered
          ? 'What was typed for this payer last time. Check the number before you send.'
          : 'Remembered for the next request to this payer.'}{' '}
        The first page says nothing about the patient.
      </p>
      {fields.map(([name, label, isRequired]) => (
        <div key={name}>
          <label htmlFor={`${id}-${name}`} className="block font-medium">
            {label}
            {!isRequired && <span className="font-normal text-soft"> (not required)</span>}
          </label>
          <input
            id={`${id}-${name}`}
            required={isRequired}
            dir="auto"
            maxLength={name.endsWith('Fax') ? 40 : 200}
            inputMode={name.endsWith('Fax') || name.endsWith('Phone') ? 'tel' : 'text'}
            autoComplete="off"
            value={contact[name]}
            onChange={(event) => setContact({ ...contact, [name]: event.target.value })}
            className={`${textInput} mt-1`}
          />
        </div>
      ))}
      {wrong.length > 0 ? (
        <p role="alert" className="rounded-lg bg-bad-soft p-2.5 text-bad">
          {wrong.join(' ')}
        </p>
      ) : (
        <RequestFailure error={keep.error} onLooked={() => keep.reset()} />
      )}
      <div className="flex flex-wrap justify-end gap-2">
        <button type="button" onClick={onClose} className={quietButton}>
          Cancel
        </button>
        <button type="submit" value="download" disabled={isOff} className={secondaryButton}>
          <Download aria-hidden className="size-4" /> Download
        </button>
        <button type="submit" value="print" disabled={isOff} className={primaryButton}>
          <Printer aria-hidden className="size-4" /> Print
        </button>
      </div>
    </form>
  )
}

/** What is wrong with which field, in words. */
function wrongFields(error: Error | null): readonly string[] {
  if (!(error instanceof RequestFailed) || error.problem.code !== 'request_invalid') return []
  return (error.problem.issues ?? []).flatMap(({ path, message }) => {
    const label = fields.find(([name]) => name === path)?.[1]
    return label === undefined ? [] : [`“${label}” ${message}.`]
  })
}

function download(url: string): void {
  const link = document.createElement('a')
  link.href = url
  link.download = ''
  link.click()
}
