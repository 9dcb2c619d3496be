import type { PersonView } from '@authscript/prior-auth'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { peopleQueries, peopleRequests } from '../../api/people.ts'
import { queries } from '../../api/queries.ts'
import { ActDialog } from '../../ui/act-dialog.tsx'
import { ProblemText } from '../account/problem-text.tsx'
import { type Grant, GrantFields, rolesOfPeople } from './grant-fields.tsx'

/** Changes a person's roles and practices, in their open sessions too. */
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
      // It may have been the administrator's own grant.
      await cache.invalidateQueries({ queryKey: queries.session().queryKey })
    },
  })
  const onSubmit = () => {
    const { roles, practiceIds: granted } = grant
    save.mutate({ personId: person.personId, roles: [...roles], practiceIds: [...granted] })
  }
  return (
    <ActDialog
      title={`What ${person.label} may do`}
      action={save.isPending ? 'Saving…' : 'Save'}
      isOff={save.isPending}
      onAct={onSubmit}
      onClose={onClose}
    >
      <GrantFields
        grant={grant}
        practiceIds={practiceIds}
        roles={rolesOfPeople}
        onChange={setGrant}
      />
      <ProblemText error={save.error} />
    </ActDialog>
  )
}
