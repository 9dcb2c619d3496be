import type { PersonView } from '@authscript/prior-auth'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { peopleQueries, peopleRequests } from '../../api/people.ts'
import { textInput } from '../../ui/buttons.ts'
import { ActDialog } from '../../ui/act-dialog.tsx'
import { ProblemText } from '../account/problem-text.tsx'
import { type Grant, GrantFields, rolesOfPeople } from './grant-fields.tsx'

/** What is refused stays typed. */
export function AddPersonDialog({
  practiceIds,
  onAdded,
  onClose,
}: {
  readonly practiceIds: readonly string[]
  readonly onAdded: (person: PersonView, token: string) => void
  readonly onClose: () => void
}) {
  const cache = useQueryClient()
  const ids = { label: useId(), login: useId(), hint: useId(), loginHint: useId() }
  const [label, setLabel] = useState('')
  const [login, setLogin] = useState('')
  const [grant, setGrant] = useState<Grant>({
    roles: ['staff'],
    practiceIds: practiceIds.slice(0, 1),
  })
  const add = useMutation({
    async mutationFn() {
      const { roles, practiceIds: granted } = grant
      const person = await peopleRequests.add({
        login: login.trim(),
        label: label.trim(),
        roles: [...roles],
        practiceIds: [...granted],
      })
      const { token } = await peopleRequests.makeLink(person.personId)
      return { person, token }
    },
    onSuccess: ({ person, token }) => onAdded(person, token),
    onSettled: () => cache.invalidateQueries({ queryKey: peopleQueries.people().queryKey }),
  })
  const onSubmit = () => {
    add.mutate()
  }
  return (
    <ActDialog
      title="Add a person"
      action={add.isPending ? 'Adding…' : 'Add and make a sign-in link'}
      isOff={add.isPending}
      onAct={onSubmit}
      onClose={onClose}
    >
      <div>
        <label htmlFor={ids.label} className="block font-medium">
          Name
        </label>
        <input
          id={ids.label}
          required
          maxLength={80}
          autoComplete="off"
          aria-describedby={ids.hint}
          value={label}
          onChange={(event) => setLabel(event.target.value)}
          className={`${textInput} mt-1`}
        />
        <p id={ids.hint} className="mt-1 text-sm text-soft">
          As orders, approvals and forms show it. It is never given to anybody else.
        </p>
      </div>
      <div>
        <label htmlFor={ids.login} className="block font-medium">
          Login
        </label>
        <input
          id={ids.login}
          required
          maxLength={100}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          aria-describedby={ids.loginHint}
          value={login}
          onChange={(event) => setLogin(event.target.value)}
          className={`${textInput} mt-1`}
        />
        <p id={ids.loginHint} className="mt-1 text-sm text-soft">
          What the person types to sign in, for example n.park. It stays when the name changes.
        </p>
      </div>
      <GrantFields
        grant={grant}
        practiceIds={practiceIds}
        roles={rolesOfPeople}
        onChange={setGrant}
      />
      <ProblemText error={add.error} />
    </ActDialog>
  )
}
