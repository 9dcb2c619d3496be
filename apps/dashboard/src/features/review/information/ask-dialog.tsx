import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import { reviewQueries, reviewRequests } from '../../../api/review.ts'
import { primaryButton, quietButton, textInput } from '../../../ui/buttons.ts'
import { DialogFrame } from '../../../ui/dialog-frame.tsx'
import { PersonInput } from '../actions/person-input.tsx'
import { RequestFailure } from '../request-failure.tsx'
import { useChange, useKeptVersion, useReview } from '../review-state.tsx'
import { today } from '../times.ts'
import { useTypedText } from '../typed-text.tsx'

/** Asks somebody for what the chart lacks. The order waits as "Information asked" until it is answered. */
export function AskDialog({ offered, onClose }: { offered: string; onClose: () => void }) {
  const { offlineReason } = useReview()
  const owners = useQuery(reviewQueries.owners())
  const ask = useChange(reviewRequests.ask)
  const [of, setOf] = useState('')
  const [what, setWhat] = useState(offered)
  const [dueOn, setDueOn] = useState('')
  const id = useId()
  useKeptVersion(true)
  useTypedText(of.trim() !== '' || what !== offered, 'a request for information')
  const isPerson = owners.data?.includes(of.trim()) === true
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const request = { of: of.trim(), what: what.trim(), ...(dueOn === '' ? {} : { dueOn }) }
    ask.mutate(request, { onSuccess: onClose })
  }
  return (
    <DialogFrame title="Ask for information" onClose={onClose}>
      <form onSubmit={submit} className="space-y-3">
        <p>The order waits under “Information asked” until the answer is entered.</p>
        <PersonInput
          id={`${id}-of`}
          label="Whom to ask: a colleague, or anybody else by name"
          names={owners.data ?? []}
          value={of}
          onChange={setOf}
        />
        {of.trim() !== '' && (
          <p role="status" className="text-xs text-soft">
            {isPerson
              ? `${of.trim()} finds this order under “Mine”, marked “mentions you”.`
              : `Nobody in the practice has this name: ask ${of.trim()} by phone or in writing.`}
          </p>
        )}
        <div>
          <label htmlFor={`${id}-what`} className="block font-medium">
            What is needed
          </label>
          <textarea
            id={`${id}-what`}
            required
            rows={5}
            maxLength={1000}
            dir="auto"
            value={what}
            onChange={(event) => setWhat(event.target.value)}
            className={`${textInput} mt-1`}
          />
        </div>
        <div>
          <label htmlFor={`${id}-due`} className="block font-medium">
            Answer by <span className="font-normal text-soft">(not required)</span>
          </label>
          <input
            id={`${id}-due`}
            type="date"
            min={today()}
            value={dueOn}
            onChange={(event) => setDueOn(event.target.value)}
            className={`${textInput} mt-1`}
          />
        </div>
        <RequestFailure error={ask.error} onLooked={() => ask.reset()} />
        <div className="flex flex-wrap justify-end gap-2">
          <button type="button" onClick={onClose} className={quietButton}>
            Cancel
          </button>
          <button
            type="submit"
            disabled={
              ask.isPending || of.trim() === '' || what.trim() === '' || offlineReason !== undefined
            }
            className={primaryButton}
          >
            Ask
          </button>
        </div>
      </form>
    </DialogFrame>
  )
}
