import type { EncounterTimeline, TimelineEntry } from '@authscript/prior-auth'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { RequestFailed } from '../../api/client.ts'
import { operationsQueries } from '../../api/operations.ts'
import { secondaryButton, textInput } from '../../ui/buttons.ts'
import { Failure, Skeleton } from '../../ui/notice.tsx'
import { Panel } from './panel.tsx'
import { groupsOf, spanOf } from './timeline-groups.ts'
import { durationWords, exactWords, whenWords } from './times.ts'

/** Finds an encounter by its id, and shows where its time went. The id is in the address. */
export function TimelinePanel() {
  const { encounter = '', practice } = useSearch({ from: '/signed-in/operations' })
  return (
    <Panel title="Timeline of an encounter">
      <div className="space-y-3 px-4 py-3">
        <EncounterSearch
          key={`${encounter} ${practice}`}
          encounter={encounter}
          practice={practice}
        />
        {encounter !== '' && <Timeline encounterId={encounter} practiceId={practice} />}
      </div>
    </Panel>
  )
}

function EncounterSearch({
  encounter,
  practice,
}: {
  encounter: string
  practice: string | undefined
}) {
  const navigate = useNavigate()
  const [typed, setTyped] = useState(encounter)
  const [typedPractice, setTypedPractice] = useState(practice ?? '')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const id = typed.trim()
    const practiceId = typedPractice.trim()
    void navigate({
      to: '/operations',
      search: {
        ...(id === '' ? {} : { encounter: id }),
        ...(id === '' || practiceId === '' ? {} : { practice: practiceId }),
      },
      resetScroll: false,
    })
  }
  return (
    <form role="search" onSubmit={submit} className="flex flex-wrap items-end gap-2">
      <label className="min-w-0 grow basis-52">
        <span className="text-xs text-soft">Encounter ID</span>
        <input
          value={typed}
          maxLength={200}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => setTyped(event.target.value)}
          className={textInput}
        />
      </label>
      <label className="w-32">
        <span className="text-xs text-soft">Practice, if several</span>
        <input
          value={typedPractice}
          maxLength={200}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => setTypedPractice(event.target.value)}
          className={textInput}
        />
      </label>
      <button type="submit" className={secondaryButton}>
        Show
      </button>
    </form>
  )
}

function Timeline({
  encounterId,
  practiceId,
}: {
  encounterId: string
  practiceId: string | undefined
}) {
  const timeline = useQuery(operationsQueries.timeline(encounterId, practiceId))
  if (timeline.data !== undefined) return <Bars timeline={timeline.data} />
  if (timeline.error === null) return <Skeleton rows={3} />
  const isUnknown = timeline.error instanceof RequestFailed && timeline.error.problem.status === 404
  return isUnknown ? (
    <p role="alert">
      No encounter with this id was admitted in your practices. If it is watched, it is listed
      below.
    </p>
  ) : (
    <Failure error={timeline.error} onRetry={() => void timeline.refetch()} />
  )
}

const kinds: Readonly<
  Record<TimelineEntry['kind'], { readonly label: string; readonly bar: string }>
> = {
  detected: { label: 'Signature seen', bar: 'bg-accent' },
  wait: { label: 'Wait for a worker', bar: 'bg-edge' },
  read: { label: 'Read the chart', bar: 'bg-accent' },
  judge: { label: 'Judge an order', bar: 'bg-accent' },
  fill: { label: 'Fill a form', bar: 'bg-accent' },
  record: { label: 'Record', bar: 'bg-accent' },
  write_back: { label: 'Write back', bar: 'bg-accent' },
  failure: { label: 'Failed', bar: 'bg-bad' },
}

const states: Readonly<Record<EncounterTimeline['processing'], string>> = {
  queued: 'queued',
  running: 'in progress',
  processed: 'processed',
  failed: 'failed',
}

function Bars({ timeline }: { timeline: EncounterTimeline }) {
  const { entries, processing, run, practiceId } = timeline
  const groups = groupsOf(entries)
  return (
    <div>
      <p className="text-soft">
        {states[processing]}
        {run > 1 && `, run ${run}`}, practice {practiceId}, first seen{' '}
        {entries[0] === undefined ? 'never' : whenWords(entries[0].startedAt)}
      </p>
      {groups.map((group, index) => (
        <BarGroup key={index} entries={group} />
      ))}
      {entries.length <= 1 && (
        <p className="mt-2 text-soft">
          No step is recorded. Steps are kept for a week; those of a process of its own are not
          timed.
        </p>
      )}
    </div>
  )
}

function BarGroup({ entries }: { entries: readonly TimelineEntry[] }) {
  const begin = Math.min(...entries.map(({ startedAt }) => Date.parse(startedAt)))
  const end = Math.max(...entries.map((entry) => Date.parse(entry.startedAt) + spanOf(entry)))
  const total = Math.max(1, end - begin)
  return (
    <ol className="mt-3 space-y-1 border-t border-line pt-2">
      {entries.map((entry, index) => {
        const left = ((Date.parse(entry.startedAt) - begin) / total) * 100
        const width = (spanOf(entry) / total) * 100
        return (
          <li
            key={index}
            data-step={entry.kind}
            className="grid grid-cols-[9rem_minmax(0,1fr)_minmax(0,15rem)] items-center gap-x-3 text-xs max-[760px]:grid-cols-1 max-[760px]:pb-1"
          >
            <span className="font-medium">
              {kinds[entry.kind].label}
              {entry.attempt !== null && entry.attempt > 1 && `, attempt ${entry.attempt}`}
            </span>
            <span className="relative h-4 rounded bg-sunken ">
              <span
                className={`absolute inset-y-0.5 min-w-1 rounded-sm ${entry.code === null ? kinds[entry.kind].bar : 'bg-bad'}`}
                style={{ left: `${Math.min(left, 99)}%`, width: `${width}%` }}
              />
            </span>
            <span className="text-soft tabular-nums">
              {exactWords(entry.startedAt)}
              {spanOf(entry) > 0 && ` · ${durationWords(spanOf(entry))}`}
              {entry.endedAt === null && entry.kind === 'wait' && ' so far'}
              {entry.ehrRequestCount > 0 &&
                ` · ${entry.ehrRequestCount} EHR requests, ${durationWords(entry.ehrMs)}`}
              {entry.code !== null && <span className="text-bad"> · {entry.code}</span>}
              {entry.nodeId !== null && (
                <span className="block text-[11px]">
                  node {entry.nodeId.slice(0, 8)}, {entry.workerId}
                </span>
              )}
            </span>
          </li>
        )
      })}
    </ol>
  )
}
