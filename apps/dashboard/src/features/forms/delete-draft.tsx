import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { formQueries } from '../../api/payer-forms.ts'
import { primaryButton, quietButton } from '../../ui/buttons.ts'
import { DialogFrame } from '../../ui/dialog-frame.tsx'
import { FormProblem } from './form-problem.tsx'
import type { FormDraft } from './use-form-draft.ts'

/** Deletes a form that was never in use, after a question: its map is gone with it. */
export function DeleteDraft({ formId, draft }: { formId: string; draft: FormDraft }) {
  const [isAsking, setAsking] = useState(false)
  const navigate = useNavigate()
  const cache = useQueryClient()
  const { remove } = draft
  const leave = async () => {
    // What was changed here goes with the form.
    await navigate({ to: '/forms', ignoreBlocker: true })
    cache.removeQueries({ queryKey: formQueries.detail(formId).queryKey })
  }
  return (
    <>
      <button type="button" onClick={() => setAsking(true)} className={quietButton}>
        Delete
      </button>
      {isAsking && (
        <DialogFrame title="Delete this draft?" onClose={() => setAsking(false)}>
          <p>
            The form and what you chose for its boxes are deleted permanently. No order was filled
            on it.
          </p>
          <FormProblem error={remove.error} />
          <div className="flex flex-wrap justify-end gap-2">
            <button type="button" onClick={() => setAsking(false)} className={quietButton}>
              Keep it
            </button>
            <button
              type="button"
              disabled={remove.isPending}
              onClick={() => remove.mutate(undefined, { onSuccess: () => void leave() })}
              className={primaryButton}
            >
              Delete the draft
            </button>
          </div>
        </DialogFrame>
      )}
    </>
  )
}
