import type { RedriveView } from '@authscript/prior-auth'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { operationsActions } from '../../api/operations.ts'
import { secondaryButton } from '../../ui/buttons.ts'
import { RequestFailure } from './request-failure.tsx'

/** How far a redrive of all dead letters of a code is. It continues without this page, and everybody who sees it can stop it. */
export function RedriveStatus({ redrive }: { readonly redrive: RedriveView }) {
  const { redriveId, code, state, redrivenCount, ofCount, by } = redrive
  const cache = useQueryClient()
  const stop = useMutation({
    mutationFn: () => operationsActions.stopRedrive(redriveId),
    onSettled: () => cache.invalidateQueries({ queryKey: ['operations'] }),
  })
  const isOpen = state === 'running' || state === 'stopping'
  const most = Math.max(ofCount, redrivenCount, 1)
  const of = `${redrivenCount} of ${most} sent through again`
  const words = {
    running: `Redriving: ${of}. It continues when you leave this page.`,
    stopping: `Stopping: ${of}.`,
    stopped: `Stopped: ${of}.`,
    done:
      redrivenCount < ofCount
        ? `${of}. What could not be sent stays on the list; the log says why.`
        : `${redrivenCount} sent through again.`,
  }
  return (
    <div data-redrive={code} className="mt-2 space-y-2">
      {isOpen && (
        <progress
          aria-label={`Redrive of ${code}`}
          value={redrivenCount}
          max={most}
          className="h-2 w-full accent-accent"
        />
      )}
      <div className="flex flex-wrap items-center gap-2">
        <p role="status" className="text-soft tabular-nums">
          {words[state]}
          {by !== null && ` Asked for by ${by}.`}
        </p>
        {state === 'running' && (
          <button
            type="button"
            disabled={stop.isPending}
            onClick={() => stop.mutate()}
            className={secondaryButton}
          >
            Stop<span className="sr-only"> the redrive of {code}</span>
          </button>
        )}
      </div>
      {stop.error !== null && <RequestFailure error={stop.error} />}
    </div>
  )
}
