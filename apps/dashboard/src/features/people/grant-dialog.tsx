import type { PersonView } from '@authscript/prior-auth'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { peopleQueries, peopleRequests } from '../../api/people.ts'
import { queries } from '../../api/queries.ts'
import { primaryButton, quietButton } from '../../ui/buttons.ts'
import { DialogFrame } from '../../ui/dialog-frame.tsx'
import { ProblemText } from '../account/problem-text.tsx'
import { type Grant, GrantFields, rolesOfPeople } from './grant-fields.tsx'

/** What a person may do from now on, in their open sessions too. */
export function GrantDialog({
  person,
  practiceIds,
  onClose,
}: {
  readonly person: PersonView
  readonly practiceIds: readonly string[]
  readonly onClose: () => void
}) {
  const cache = useQueryClient()
  const [grant, setGrant] = useState<Grant>(person)
  const save = useMutation({
    mutationFn: peopleRequests.grant,
    async onSuccess() {
      onClose()
      await cache.invalidateQueries({ queryKey: peopleQueries.people().queryKey })
      // It may have been the administrator's own.
      await cache.invalidateQueries({ queryKey: queries.session().queryKey })
    },
  })
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    const { roles, practiceIds: granted } = grant
    save.mutate({ personId: person.personId, roles: [...roles], practiceIds: [...granted] })
  }
  return (
    <DialogFrame title={`What ${person.label} may do`} onClose={onClose}>
      <form onSubmit={onSubmit} className="space-y-4">
        <GrantFields
          grant={grant}
          practiceIds={practiceIds}
          roles={rolesOfPeople}
          onChange={setGrant}
        />
        <ProblemText error={save.error} />
        <div className="flex flex-wrap justify-end gap-2">
          <button type="button" onClick={onClose} className={quietButton}>
            Cancel
          </button>
          <button type="submit" disabled={save.isPending} className={primaryButton}>
            {save.isPending ? 'Saving…' : 'Save'}
          </button>
        </div>
      </form>
    </DialogFrame>
  )
}
