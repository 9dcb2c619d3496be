import type { SavedView } from '@authscript/prior-auth'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Pencil, Trash2 } from 'lucide-react'
import { queries } from '../../../api/queries.ts'
import { savedViewRequests } from '../../../api/saved-views.ts'
import { useIsConnected } from '../../../connection/connection.ts'
import { inSavedView } from '../view-search.ts'
import { Refusal } from './refusal.tsx'
import { useViewChange } from './use-view-change.ts'
import { wordsOf } from './view-words.ts'

const iconButton = 'rounded-lg p-2 text-soft enabled:hover:bg-quiet-soft enabled:hover:text-ink'

/** One view: opens it; a person who may change it can also change or delete it. */
export function ViewLine({
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
  const remove = useViewChange(() => savedViewRequests.remove(viewId))
  const isMine = savedBy === session.data?.label
  return (
    <>
      <div className="flex items-center gap-1">
        <Link
          to="/"
          search={(before) => inSavedView(search, before)}
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
