import { useQuery } from '@tanstack/react-query'
import { type FormEvent, type ReactNode, useId, useState } from 'react'
import { queries } from '../../../api/queries.ts'
import { useIsConnected } from '../../../connection/connection.ts'
import { repeatsSearch } from './repeats-search.ts'

const mainButton = 'rounded-lg bg-accent px-4 py-2 font-medium text-panel disabled:opacity-60'

export interface Fields {
  readonly name: string
  readonly sharedWith: string | null
  readonly isReplaced: boolean
}

/** The name of a view, and who sees it. What was typed stays when it is refused. */
export function ViewForm({
  name,
  sharedWith,
  searchText,
  label,
  isPending,
  onSubmit,
  more,
  cancel,
  children,
}: {
  readonly name: string
  readonly sharedWith: string | null
  /** What the queue is searched for now. */
  readonly searchText: string | undefined
  readonly label: string
  readonly isPending: boolean
  readonly onSubmit: (fields: Fields) => void
  readonly more?: ReactNode
  readonly cancel?: ReactNode
  readonly children: ReactNode
}) {
  const id = useId()
  const [typedName, setTypedName] = useState(name)
  const isConnected = useIsConnected()
  const practiceIds = useQuery(queries.session()).data?.practiceIds ?? []
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const practiceId = String(form.get('sharedWith') ?? '')
    onSubmit({
      name: String(form.get('name') ?? ''),
      sharedWith: practiceId === '' ? null : practiceId,
      isReplaced: form.get('replace') !== null,
    })
  }
  return (
    <form onSubmit={submit} className="space-y-3">
      <div>
        <label htmlFor={id} className="mb-1 block font-medium">
          Name
        </label>
        <input
          id={id}
          name="name"
          dir="auto"
          defaultValue={name}
          onChange={(event) => setTypedName(event.target.value)}
          autoComplete="off"
          className="w-full rounded-lg border border-edge bg-panel px-3 py-2"
        />
      </div>
      {repeatsSearch(typedName, searchText) && (
        <p role="status" className="rounded-lg bg-warn-soft px-3 py-2 text-warn">
          This name repeats what you searched for. If that names a patient, choose another name: a
          view is kept for years, and everybody who sees it reads its name.
        </p>
      )}
      <label className="flex flex-wrap items-center gap-2">
        Who sees it
        <select
          name="sharedWith"
          defaultValue={sharedWith ?? ''}
          className="rounded-lg border border-edge bg-panel px-2.5 py-1.5"
        >
          <option value="">Only me</option>
          {practiceIds.map((practiceId) => (
            <option key={practiceId} value={practiceId}>
              Everybody in practice {practiceId}
            </option>
          ))}
        </select>
      </label>
      {more}
      {children}
      <div className="flex justify-end gap-2">
        {cancel}
        <button type="submit" disabled={isPending || !isConnected} className={mainButton}>
          {label}
        </button>
      </div>
    </form>
  )
}
