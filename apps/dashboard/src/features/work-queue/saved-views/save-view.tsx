import type { SavedView } from '@authscript/prior-auth'
import { useState } from 'react'
import type { QueueSearch } from '../../../api/queue.ts'
import { savedViewRequests } from '../../../api/saved-views.ts'
import { Refusal } from './refusal.tsx'
import { useViewChange } from './use-view-change.ts'
import { type Fields, ViewForm } from './view-form.tsx'
import { wordsOf } from './view-words.ts'

/** Saves the filters that are shown as a view. */
export function SaveView({
  search,
  same,
}: {
  readonly search: QueueSearch
  readonly same: SavedView | undefined
}) {
  const save = useViewChange((fields: Fields) =>
    savedViewRequests.save({ name: fields.name, search, sharedWith: fields.sharedWith }),
  )
  const [savedCount, setSavedCount] = useState(0)
  return (
    <section aria-label="Save what is shown" className="rounded-xl bg-sunken p-4">
      <h3 className="font-medium">Save what is shown</h3>
      <p dir="auto" className="mb-3 text-soft">
        {wordsOf(search)}
        {same !== undefined && `. It is saved as “${same.name}”.`}
        {search.q !== undefined && (
          <span className="block text-xs">
            The search text is not saved with a view, because it may name a patient.
          </span>
        )}
      </p>
      <ViewForm
        // Emptied after it was saved, and only then.
        key={savedCount}
        name=""
        sharedWith={null}
        searchText={search.q}
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
