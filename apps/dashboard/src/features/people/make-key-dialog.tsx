import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { peopleQueries, peopleRequests } from '../../api/people.ts'
import { textInput } from '../../ui/buttons.ts'
import { ActDialog } from '../../ui/act-dialog.tsx'
import { ProblemText } from '../account/problem-text.tsx'
import { type Grant, GrantFields } from './grant-fields.tsx'

/** What is refused stays typed. */
export function MakeKeyDialog({
  practiceIds,
  onMade,
  onClose,
}: {
  readonly practiceIds: readonly string[]
  readonly onMade: (label: string, key: string) => void
  readonly onClose: () => void
}) {
  const cache = useQueryClient()
  const id = useId()
  const [label, setLabel] = useState('')
  const [grant, setGrant] = useState<Grant>({
    roles: ['service'],
    practiceIds: practiceIds.slice(0, 1),
  })
  const make = useMutation({
    mutationFn: peopleRequests.makeKey,
    onSuccess({ key, made }) {
      onMade(made.label, key)
      return cache.invalidateQueries({ queryKey: peopleQueries.keys().queryKey })
    },
  })
  const isReady = grant.roles.length > 0 && grant.practiceIds.length > 0
  const onSubmit = () => {
    const { roles, practiceIds: granted } = grant
    if (isReady) make.mutate({ label: label.trim(), roles: [...roles], practiceIds: [...granted] })
  }
  return (
    <ActDialog
      title="Make a key"
      action={make.isPending ? 'Making…' : 'Make the key'}
      isOff={!isReady || make.isPending}
      onAct={onSubmit}
      onClose={onClose}
    >
      <div>
        <label htmlFor={id} className="block font-medium">
          Name of the key
        </label>
        <input
          id={id}
          required
          maxLength={80}
          autoComplete="off"
          value={label}
          onChange={(event) => setLabel(event.target.value)}
          placeholder="Scheduler"
          className={`${textInput} mt-1`}
        />
      </div>
      <GrantFields grant={grant} practiceIds={practiceIds} onChange={setGrant} />
      {!isReady && <p className="text-warn">A key needs a role and a practice.</p>}
      <ProblemText error={make.error} />
    </ActDialog>
  )
}
