import type { SavedView } from '@authscript/prior-auth'
import {
  type UseMutationResult,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Pencil, Trash2 } from 'lucide-react'
import { type FormEvent, type ReactNode, useId, useState } from 'react'
import { RequestFailed } from '../../api/client.ts'
import { queries } from '../../api/queries.ts'
import type { QueueSearch } from '../../api/queue.ts'
import { savedViewQueries, savedViewRequests } from '../../api/saved-views.ts'
import { useIsConnected } from '../../connection/connection.ts'
import { Failure, Skeleton } from '../../ui/notice.tsx'
import { DialogFrame } from '../../ui/dialog-frame.tsx'
import { sortLabels } from './columns.tsx'
import { isSameSearch } from './same-search.ts'
import { viewLabels } from './view-labels.ts'

const button =
  'rounded-lg border border-edge px-3 py-1.5 font-medium enabled:hover:bg-sunken disabled:text-soft'
const mainButton = 'rounded-lg bg-accent px-4 py-2 font-medium text-panel disabled:opacity-60'
const iconButton = 'rounded-lg p-2 text-soft enabled:hover:bg-quiet-soft enabled:hover:text-ink'

/** Saves the search that is shown as a view, and opens, renames, shares and deletes saved ones. */
export function SavedViewsDialog({
  search,
  onClose,
}: {
  readonly search: QueueSearch
  readonly onClose: () => void
}) {
  const saved = useQuery(savedViewQueries.list())
  const [editedId, setEditedId] = useState<string>()
  const [removed, setRemoved] = useState<SavedView>()
  const same = saved.data?.find((view) => isSameSearch(view.search, search))
  return (
    <DialogFrame title="Saved views" onClose={onClose}>
      {saved.data === undefined ? (
        saved.error === null ? (
          <Skeleton rows={2} />
        ) : (
          <Failure error={saved.error} onRetry={() => void saved.refetch()} />
        )
      ) : (
        <ul className="divide-y divide-line empty:hidden">
          {saved.data.map((view) => (
            <li key={view.viewId} data-view={view.viewId} className="py-2">
              {editedId === view.viewId ? (
                <EditForm view={view} shown={search} onDone={() => setEditedId(undefined)} />
              ) : (
                <ViewLine
                  view={view}
                  isShown={view === same}
                  onOpen={onClose}
                  onEdit={() => setEditedId(view.viewId)}
                  onRemoved={() => setRemoved(view)}
                />
              )}
            </li>
          ))}
        </ul>
      )}
      {removed !== undefined && (
        <Removed key={removed.viewId} view={removed} onRestored={() => setRemoved(undefined)} />
      )}
      <SaveForm search={search} same={same} />
    </DialogFrame>
  )
}

function ViewLine({
  view,
  isShown,
  onOpen,
  onEdit,
  onRemoved,
}: {
  readonly view: SavedView
  readonly isShown: boolean
  readonly onOpen: () => void
  readonly onEdit: () => void
  readonly onRemoved: () => void
}) {
  const { viewId, name, search, savedBy, sharedWith, canChange, isOrphan } = view
  const isConnected = useIsConnected()
  const session = useQuery(queries.session())
  const remove = useChange(() => savedViewRequests.remove(viewId))
  const isMine = savedBy === session.data?.label
  return (
    <>
      <div className="flex items-center gap-1">
        <Link
          to="/"
          search={search}
          onClick={onOpen}
          aria-current={isShown ? 'page' : undefined}
          className="min-w-0 grow rounded-lg px-2 py-1 hover:bg-sunken aria-[current=page]:bg-accent-soft"
        >
          <span dir="auto" className="block truncate font-medium">
            {name}
          </span>
          <span dir="auto" className="block truncate text-xs text-soft">
            {wordsOf(search)}
          </span>
          {(sharedWith !== null || isOrphan) && (
            <span className="block truncate text-xs text-soft">
              {isMine
                ? 'Shared with the practice'
                : `Shared by ${savedBy}${isOrphan ? ', who no longer works here' : ''}`}
            </span>
          )}
        </Link>
        {canChange && (
          <>
            <button
              type="button"
              aria-label={`Change ${name}`}
              disabled={!isConnected}
              onClick={onEdit}
              className={iconButton}
            >
              <Pencil aria-hidden className="size-4" />
            </button>
            <button
              type="button"
              aria-label={`Delete ${name}`}
              disabled={!isConnected || remove.isPending}
              onClick={() => remove.mutate(undefined, { onSuccess: onRemoved })}
              className={iconButton}
            >
              <Trash2 aria-hidden className="size-4" />
            </button>
          </>
        )}
      </div>
      <Refusal of={remove} />
    </>
  )
}

/** Inside the dialog, because what lies under a dialog cannot be pressed. */
function Removed({
  view: { name, search, sharedWith },
  onRestored,
}: {
  readonly view: SavedView
  readonly onRestored: () => void
}) {
  const restore = useChange(() => savedViewRequests.save({ name, search, sharedWith }))
  return (
    <>
      <div
        role="status"
        className="flex items-center gap-3 rounded-xl border border-line px-4 py-2"
      >
        <span className="min-w-0 grow truncate">“{name}” deleted</span>
        <button
          type="button"
          disabled={restore.isPending}
          onClick={() => restore.mutate(undefined, { onSuccess: onRestored })}
          className={button}
        >
          Undo
        </button>
      </div>
      <Refusal of={restore} />
    </>
  )
}

function EditForm({
  view,
  shown,
  onDone,
}: {
  readonly view: SavedView
  readonly shown: QueueSearch
  readonly onDone: () => void
}) {
  const change = useChange((fields: Fields) =>
    savedViewRequests.change(view.viewId, {
      name: fields.name,
      sharedWith: fields.sharedWith,
      ...(fields.isReplaced ? { search: shown } : {}),
    }),
  )
  return (
    <ViewForm
      name={view.name}
      sharedWith={view.sharedWith}
      label="Save changes"
      isPending={change.isPending}
      onSubmit={(fields) => change.mutate(fields, { onSuccess: onDone })}
      more={
        isSameSearch(view.search, shown) ? null : (
          <label className="flex items-center gap-2">
            <input type="checkbox" name="replace" className="size-4 accent-accent" />
            Replace its filters with what is shown now
          </label>
        )
      }
      cancel={
        <button type="button" onClick={onDone} className={button}>
          Cancel
        </button>
      }
    >
      <Refusal of={change} />
    </ViewForm>
  )
}

function SaveForm({
  search,
  same,
}: {
  readonly search: QueueSearch
  readonly same: SavedView | undefined
}) {
  const save = useChange((fields: Fields) =>
    savedViewRequests.save({ name: fields.name, search, sharedWith: fields.sharedWith }),
  )
  const [savedCount, setSavedCount] = useState(0)
  return (
    <section aria-label="Save what is shown" className="rounded-xl bg-sunken p-4">
      <h3 className="font-medium">Save what is shown</h3>
      <p dir="auto" className="mb-3 text-soft">
        {wordsOf(search)}
        {same !== undefined && `. It is saved as “${same.name}”.`}
      </p>
      <ViewForm
        // Emptied after it was saved, and only then.
        key={savedCount}
        name=""
        sharedWith={null}
        label="Save view"
        isPending={save.isPending}
        onSubmit={(fields) =>
          save.mutate(fields, { onSuccess: () => setSavedCount((count) => count + 1) })
        }
      >
        <Refusal of={save} />
      </ViewForm>
    </section>
  )
}

interface Fields {
  readonly name: string
  readonly sharedWith: string | null
  readonly isReplaced: boolean
}

/** What was typed stays when it is refused. */
function ViewForm({
  name,
  sharedWith,
  label,
  isPending,
  onSubmit,
  more,
  cancel,
  children,
}: {
  readonly name: string
  readonly sharedWith: string | null
  readonly label: string
  readonly isPending: boolean
  readonly onSubmit: (fields: Fields) => void
  readonly more?: ReactNode
  readonly cancel?: ReactNode
  readonly children: ReactNode
}) {
  const id = useId()
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
          autoComplete="off"
          className="w-full rounded-lg border border-edge bg-panel px-3 py-2"
        />
      </div>
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

function Refusal({ of: { error } }: { of: Pick<UseMutationResult, 'error'> }) {
  return error === null ? null : <Failure error={inPlainWords(error)} />
}

/** Of a name that is too long the gateway says which part of the request is wrong, and why. */
function inPlainWords(error: Error): Error {
  if (!(error instanceof RequestFailed)) return error
  const [issue] = error.problem.issues ?? []
  return issue === undefined
    ? error
    : new RequestFailed({ ...error.problem, detail: issue.message })
}

/** A request after which the list is read again, refused or not: somebody may have changed it meanwhile. */
function useChange<Variables, Result>(request: (variables: Variables) => Promise<Result>) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: request,
    onSettled: () => cache.invalidateQueries({ queryKey: savedViewQueries.list().queryKey }),
  })
}

/** A search in words: "Open, payer Prairie Health Plan, “knee”, by patient". */
function wordsOf({ view, q, payer, provider, owner, sort, direction }: QueueSearch): string {
  const filter = (label: string, value: string | undefined, none: string) =>
    value === undefined ? [] : [value === '' ? none : `${label} ${value}`]
  const order = sort ?? 'due'
  return [
    viewLabels[view ?? 'open'],
    ...(q === undefined ? [] : [`“${q}”`]),
    ...filter('payer', payer, 'no payer'),
    ...filter('provider', provider, 'no provider'),
    ...filter('owner', owner, 'no owner'),
    ...(order === 'due' && direction !== 'desc'
      ? []
      : [`by ${sortLabels[order].toLowerCase()}${direction === 'desc' ? ', last first' : ''}`]),
  ].join(', ')
}
