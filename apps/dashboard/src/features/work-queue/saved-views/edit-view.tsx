import type { SavedView } from '@authscript/prior-auth'
import type { QueueSearch } from '../../../api/queue.ts'
import { savedViewRequests } from '../../../api/saved-views.ts'
import { secondaryButton } from '../../../ui/buttons.ts'
import { isSameSearch } from '../same-search.ts'
import { Refusal } from './refusal.tsx'
import { useViewChange } from './use-view-change.ts'
import { type Fields, ViewForm } from './view-form.tsx'

/** Renames a view, shares it, or gives it the filters that are shown now. */
export function EditView({
  view,
  shown,
  onDone,
}: {
  readonly view: SavedView
  readonly shown: QueueSearch
  readonly onDone: () => void
}) {
  const change = useViewChange((fields: Fields) =>
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
      searchText={shown.q}
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
        <button type="button" onClick={onDone} className={secondaryButton}>
          Cancel
        </button>
      }
    >
      <Refusal of={change} />
    </ViewForm>
  )
}
