import type { SavedView } from '@authscript/prior-auth'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { QueueSearch } from '../../../api/queue.ts'
import { savedViewQueries } from '../../../api/saved-views.ts'
import { DialogFrame } from '../../../ui/dialog-frame.tsx'
import { Failure, Skeleton } from '../../../ui/notice.tsx'
import { isSameSearch } from '../same-search.ts'
import { EditView } from './edit-view.tsx'
import { RemovedView } from './removed-view.tsx'
import { SaveView } from './save-view.tsx'
import { ViewLine } from './view-line.tsx'

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
                <EditView view={view} shown={search} onDone={() => setEditedId(undefined)} />
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
        <RemovedView key={removed.viewId} view={removed} onRestored={() => setRemoved(undefined)} />
      )}
      <SaveView search={search} same={same} />
    </DialogFrame>
  )
}
