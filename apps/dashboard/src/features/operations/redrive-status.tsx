import { quietButton, secondaryButton } from '../../ui/buttons.ts'
import { RequestFailure } from './request-failure.tsx'
import type { RedriveProgress } from './use-redrive-all.ts'

/** How far a redrive of all dead letters of a code is, with a way to stop it and to continue. */
export function RedriveStatus({
  code,
  progress,
  onStop,
  onContinue,
}: {
  readonly code: string
  readonly progress: RedriveProgress
  readonly onStop: () => void
  readonly onContinue: () => void
}) {
  const { state, redrivenCount, ofCount, error } = progress
  const isUnderWay = state === 'running' || state === 'stopping'
  const of = `${redrivenCount} of ${Math.max(ofCount, redrivenCount)}`
  const words = {
    running: `Redriving: ${of} sent through again. Leaving this page stops it.`,
    stopping: `Stopping after the batch under way: ${of} sent through again.`,
    stopped: `Stopped: ${of} sent through again.`,
    done: `${redrivenCount} sent through again.`,
  }
  return (
    <div className="mt-2 space-y-2">
      {isUnderWay && (
        <progress
          aria-label={`Redrive of ${code}`}
          value={redrivenCount}
          max={Math.max(ofCount, redrivenCount, 1)}
          className="h-2 w-full accent-accent"
        />
      )}
      <div className="flex flex-wrap items-center gap-2">
        <p role="status" className="text-soft tabular-nums">
          {words[state]}
        </p>
        {state === 'running' && (
          <button type="button" onClick={onStop} className={secondaryButton}>
            Stop<span className="sr-only"> the redrive of {code}</span>
          </button>
        )}
        {state === 'stopped' && (
          <button type="button" onClick={onContinue} className={quietButton}>
            Continue<span className="sr-only"> with the redrive of {code}</span>
          </button>
        )}
      </div>
      {error !== null && <RequestFailure error={error} />}
    </div>
  )
}
