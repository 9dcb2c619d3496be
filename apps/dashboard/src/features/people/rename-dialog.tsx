import type { PersonView } from '@authscript/prior-auth'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { peopleRequests } from '../../api/people.ts'
import { textInput } from '../../ui/buttons.ts'
import { ActDialog } from '../../ui/act-dialog.tsx'
import { notify } from '../../ui/notify.ts'
import { ProblemText } from '../account/problem-text.tsx'

/** Another display name. What is refused stays typed. */
export function RenameDialog({
  person: { personId, label },
  onClose,
}: {
  readonly person: Pick<PersonView, 'personId' | 'label'>
  readonly onClose: () => void
}) {
  const cache = useQueryClient()
  const ids = { name: useId(), hint: useId() }
  const [name, setName] = useState(label)
  const rename = useMutation({
    mutationFn: () => peopleRequests.rename({ personId, label: name.trim() }),
    async onSuccess(person) {
      onClose()
      void notify(`${label} is ${person.label} from now on.`)
      // Owners of orders, and perhaps the administrator's own name.
      await cache.invalidateQueries()
    },
  })
  const onSubmit = () => {
    if (name.trim() !== '') rename.mutate()
  }
  return (
    <ActDialog
      title={`Rename ${label}`}
      action={rename.isPending ? 'Saving…' : 'Rename'}
      isOff={rename.isPending || name.trim() === label}
      onAct={onSubmit}
      onClose={onClose}
    >
      <div>
        <label htmlFor={ids.name} className="block font-medium">
          Name
        </label>
        <input
          id={ids.name}
          required
          maxLength={80}
          dir="auto"
          autoComplete="off"
          aria-describedby={ids.hint}
          value={name}
          onChange={(event) => setName(event.target.value)}
          className={`${textInput} mt-1`}
        />
        <p id={ids.hint} className="mt-1 text-sm text-soft">
          Earlier approvals, notes and history keep the old name, and nobody else can get it.
          Orders, saved views and the signature follow the new name. The login stays.
        </p>
      </div>
      <ProblemText error={rename.error} />
    </ActDialog>
  )
}
