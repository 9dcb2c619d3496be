import type { SavedView } from '@authscript/prior-auth'
import { savedViewRequests } from '../../../api/saved-views.ts'
import { secondaryButton } from '../../../ui/buttons.ts'
import { Refusal } from './refusal.tsx'
import { useViewChange } from './use-view-change.ts'

/** Brings a deleted view back. Inside the dialog, because what lies under a dialog cannot be pressed. */
export function RemovedView({
  view: { name, search, sharedWith },
  onRestored,
}: {
  readonly view: SavedView
  readonly onRestored: () => void
}) {
  const restore = useViewChange(() => savedViewRequests.save({ name, search, sharedWith }))
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
          className={secondaryButton}
        >
          Undo
        </button>
      </div>
      <Refusal of={restore} />
    </>
  )
}
