import type { DependencyView } from '@authscript/prior-auth'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { CircleCheck, CircleDashed, OctagonAlert } from 'lucide-react'
import { useEffect } from 'react'
import { operationsActions } from '../../api/operations.ts'
import { secondaryButton } from '../../ui/buttons.ts'
import { after, now } from '../../clock.ts'
import { Panel } from './panel.tsx'
import { RequestFailure } from './request-failure.tsx'
import { agoWords, durationWords, whenWords } from './times.ts'

const names: Readonly<Record<DependencyView['name'], string>> = {
  ehr: 'EHR',
  token: "EHR's token endpoint",
  database: 'Database',
  intelligence: 'Intelligence service',
  language_model: 'Language model',
}
/** How long the result of a test is shown. */
const shownMs = 20_000

const states = {
  working: { label: 'Working', icon: CircleCheck, ink: 'text-good' },
  failing: { label: 'Failing', icon: OctagonAlert, ink: 'text-bad' },
  not_asked: { label: 'Not asked yet', icon: CircleDashed, ink: 'text-quiet' },
} as const

/** What the answering node knows of each, from its own calls. */
export function Dependencies({ dependencies }: { dependencies: readonly DependencyView[] }) {
  return (
    <Panel
      title="Dependencies"
      aside={<span className="text-xs text-soft">as this node sees them</span>}
    >
      <ul className="divide-y divide-line">
        {dependencies.map((one) => (
          <Dependency key={one.name} dependency={one} />
        ))}
      </ul>
    </Panel>
  )
}

function Dependency({ dependency }: { dependency: DependencyView }) {
  const cache = useQueryClient()
  const test = useMutation({
    mutationFn: () => operationsActions.test(dependency.name),
    onSettled: () => cache.invalidateQueries({ queryKey: ['operations'] }),
  })
  const { data: tested, reset } = test
  // Old news beside the current state would only confuse.
  useEffect(() => (tested === undefined ? undefined : after(shownMs, reset)), [tested, reset])
  const { label, icon: Icon, ink } = states[dependency.state]
  const { failingSince, lastSuccessAt, lastMs, callCount, failureCount, code, reason } = dependency
  const isFailing = dependency.state === 'failing'
  return (
    <li
      data-dependency={dependency.name}
      className="flex flex-wrap items-start gap-x-4 gap-y-2 px-4 py-3"
    >
      <div className="min-w-0 grow basis-56">
        <p className="flex flex-wrap items-center gap-x-2 font-medium">
          {names[dependency.name]}
          <span className={`inline-flex items-center gap-1 text-xs ${ink}`}>
            <Icon aria-hidden className="size-3.5" />
            {label}
            {failingSince !== null && ` since ${whenWords(failingSince)}`}
          </span>
          {breakerWords(dependency)}
        </p>
        <p className="text-xs text-soft tabular-nums">
          Last success {agoWords(lastSuccessAt)}
          {lastMs !== null && `, last call ${durationWords(lastMs)}`}
          {callCount > 0 &&
            `, ${failureCount} of ${callCount} failed in 15 min (${Math.round((100 * failureCount) / callCount)} %)`}
        </p>
        {isFailing && reason !== null && (
          <p className="mt-1 text-xs [overflow-wrap:anywhere] text-bad">
            {code}: {reason}
          </p>
        )}
        {test.error !== null && <RequestFailure error={test.error} />}
        <span role="status" className="text-xs text-soft">
          {test.data !== undefined &&
            !test.isPending &&
            `Tested ${whenWords(new Date(now()).toISOString())}: ${states[test.data.state].label.toLowerCase()}${test.data.lastMs === null ? '' : `, ${durationWords(test.data.lastMs)}`}`}
        </span>
      </div>
      <button
        type="button"
        disabled={test.isPending}
        onClick={() => test.mutate()}
        className={secondaryButton}
      >
        {test.isPending ? 'Testing…' : 'Test now'}
        <span className="sr-only"> {names[dependency.name]}</span>
      </button>
    </li>
  )
}

function breakerWords({ breaker, breakerOpenUntil }: DependencyView) {
  if (breaker === null || breaker === 'closed') return null
  const leftMs = breakerOpenUntil === null ? 0 : Date.parse(breakerOpenUntil) - now()
  return (
    <span className="rounded-full bg-warn-soft px-2 py-0.5 text-xs font-medium text-warn">
      {breaker === 'half_open'
        ? 'breaker lets one call through'
        : `breaker closes in ${durationWords(Math.max(0, leftMs))}`}
    </span>
  )
}
