import type { KeyView } from '@authscript/prior-auth'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { peopleQueries, peopleRequests } from '../../api/people.ts'
import { primaryButton, quietButton, secondaryButton } from '../../ui/buttons.ts'
import { Failure, Skeleton } from '../../ui/notice.tsx'
import { notify } from '../../ui/notify.ts'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { ProblemText } from '../account/problem-text.tsx'
import { InlineQuestion } from './inline-question.tsx'
import { MakeKeyDialog } from './make-key-dialog.tsx'
import { ShownOnce } from './shown-once.tsx'

/** The keys with which programs, and people without an account, use the API. */
export function KeyList({ practiceIds }: { readonly practiceIds: readonly string[] }) {
  const keys = useQuery(peopleQueries.keys())
  const heading = useId()
  const [isMaking, setIsMaking] = useState(false)
  const [made, setMade] = useState<{ readonly label: string; readonly key: string }>()
  return (
    <section aria-labelledby={heading} className="space-y-3">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h2 id={heading} className="text-base font-semibold">
          API keys
        </h2>
        <button type="button" onClick={() => setIsMaking(true)} className={secondaryButton}>
          Make a key
        </button>
      </div>
      {made !== undefined && (
        <ShownOnce
          title={`The key ${made.label}`}
          hint="It is shown only now. Programs send it as X-API-Key."
          text={made.key}
          onDone={() => setMade(undefined)}
        />
      )}
      {keys.data === undefined ? (
        keys.error === null ? (
          <Skeleton rows={3} />
        ) : (
          <Failure error={keys.error} onRetry={() => void keys.refetch()} />
        )
      ) : keys.data.length === 0 ? (
        <p className="rounded-xl border border-dashed border-line p-6 text-soft">
          There is no key yet.
        </p>
      ) : (
        <ul className="divide-y divide-line rounded-xl border border-line bg-panel">
          {keys.data.map((key) => (
            <KeyLine key={key.label} view={key} practiceIds={practiceIds} />
          ))}
        </ul>
      )}
      {isMaking && (
        <MakeKeyDialog
          practiceIds={practiceIds}
          onMade={(label, key) => {
            setIsMaking(false)
            setMade({ label, key })
          }}
          onClose={() => setIsMaking(false)}
        />
      )}
    </section>
  )
}

function KeyLine({
  view,
  practiceIds,
}: {
  readonly view: KeyView
  readonly practiceIds: readonly string[]
}) {
  const cache = useQueryClient()
  const { keyId, label, madeBy, madeAt, usedAt, revokedAt } = view
  const [isAsking, setIsAsking] = useState(false)
  const revoke = useMutation({
    mutationFn: peopleRequests.revokeKey,
    onSuccess() {
      void notify(`The key ${label} is revoked.`)
      return cache.invalidateQueries({ queryKey: peopleQueries.keys().queryKey })
    },
  })
  const isMine = view.practiceIds.every((id) => practiceIds.includes(id))
  return (
    <li data-key={label} className="space-y-2 p-4">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <div className="min-w-0 grow basis-64 [overflow-wrap:anywhere]">
          <p className="font-medium" dir="auto">
            {label}
            {revokedAt !== null && (
              <span className="ml-2 rounded bg-quiet-soft px-1.5 text-sm font-normal text-quiet">
                revoked
              </span>
            )}
          </p>
          <p className="text-soft">
            {view.roles.join(', ')} · practice {view.practiceIds.join(', ')}
          </p>
          <p className="text-sm text-soft">
            {madeAt === null ? (
              'Set in the configuration, and changed there'
            ) : (
              <>
                Made by {madeBy} <RelativeTime time={madeAt} />
                {usedAt === null ? ', never used' : ', used '}
                {usedAt !== null && <RelativeTime time={usedAt} />}
              </>
            )}
          </p>
        </div>
        {keyId !== null && revokedAt === null && isMine && (
          <button
            type="button"
            aria-label={`Revoke ${label}`}
            onClick={() => setIsAsking(true)}
            className={quietButton}
          >
            Revoke
          </button>
        )}
      </div>
      {isAsking && keyId !== null && revokedAt === null && (
        <InlineQuestion text={`Whoever uses ${label} is refused at once. This cannot be undone.`}>
          <button
            type="button"
            disabled={revoke.isPending}
            onClick={() => revoke.mutate(keyId)}
            className={primaryButton}
          >
            Revoke the key
          </button>
          <button type="button" onClick={() => setIsAsking(false)} className={quietButton}>
            Cancel
          </button>
        </InlineQuestion>
      )}
      <ProblemText error={revoke.error} />
    </li>
  )
}
