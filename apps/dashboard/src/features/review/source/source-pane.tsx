import {
  type Answer,
  americanDate,
  type Evidence,
  type WorkItemSource,
} from '@authscript/prior-auth'
import { Tabs } from '@base-ui/react/tabs'
import { useQuery } from '@tanstack/react-query'
import { useCallback, useState } from 'react'
import { RequestFailed } from '../../../api/client.ts'
import { reviewQueries } from '../../../api/review.ts'
import { Failure, Skeleton } from '../../../ui/notice.tsx'
import { primaryButton, quietButton } from '../../../ui/buttons.ts'
import { useReview } from '../review-state.tsx'
import { ChartList, UnreadList, unreadParts } from './chart-lists.tsx'
import { DocumentText, type SelectedPassage } from './document-text.tsx'

/** A place of the chart to show. `turn` grows, so that the same place can be shown again. */
export interface ShownPlace {
  readonly evidence: Evidence
  readonly turn: number
}

const lists = ['medications', 'problems', 'procedures', 'results'] as const

type ListName = (typeof lists)[number]

const listOf: Readonly<Record<string, ListName>> = {
  MedicationRequest: 'medications',
  Condition: 'problems',
  Procedure: 'procedures',
  Observation: 'results',
  DiagnosticReport: 'results',
}

/** The chart that the answers come from: notes as text, lists, and what could not be read. */
export function SourcePane({
  answers,
  selectedId,
  shownPlace,
  onUsePassage,
}: {
  answers: readonly Answer[]
  selectedId: string | undefined
  shownPlace: ShownPlace | undefined
  onUsePassage: (passage: SelectedPassage) => void
}) {
  const { order } = useReview()
  const source = useQuery(reviewQueries.source(order.workItemId, order.version))
  const [chosen, setChosen] = useState<{ readonly tab: string; readonly turn: number }>()
  if (source.data !== undefined)
    return (
      <Chart
        source={source.data}
        answers={answers}
        selectedId={selectedId}
        shownPlace={shownPlace}
        chosen={chosen}
        onChoose={setChosen}
        onUsePassage={onUsePassage}
      />
    )
  if (source.error === null)
    return (
      <div className="p-4">
        <Skeleton rows={6} />
      </div>
    )
  const isNotKept =
    source.error instanceof RequestFailed && source.error.problem.code === 'chart_not_kept'
  return (
    <div className="space-y-3 p-4">
      {isNotKept ? (
        <p className="text-soft">
          An earlier release assessed this order and did not keep the chart. Reprocess it to see the
          chart here.
        </p>
      ) : (
        <Failure error={source.error} onRetry={() => void source.refetch()} />
      )}
      <UnreadList parts={unreadParts(order.completeness, undefined)} />
    </div>
  )
}

function Chart({
  source,
  answers,
  selectedId,
  shownPlace,
  chosen,
  onChoose,
  onUsePassage,
}: {
  source: WorkItemSource
  answers: readonly Answer[]
  selectedId: string | undefined
  shownPlace: ShownPlace | undefined
  chosen: { readonly tab: string; readonly turn: number } | undefined
  onChoose: (chosen: { readonly tab: string; readonly turn: number }) => void
  onUsePassage: (passage: SelectedPassage) => void
}) {
  const { order, isEditable } = useReview()
  const [passage, setPassage] = useState<SelectedPassage>()
  const selectPassage = useCallback((next: SelectedPassage | undefined) => setPassage(next), [])
  const turn = shownPlace?.turn ?? 0
  const parts = unreadParts(order.completeness, source)
  const notes = source.documents.filter(({ text }) => text !== null)
  const firstTab = notes[0] === undefined ? 'unread' : noteTab(notes[0].resourceId)
  // The newest choice counts: a tab that the person chose, or a place that a question leads to.
  const tab =
    chosen !== undefined && chosen.turn >= turn
      ? chosen.tab
      : (tabOf(shownPlace?.evidence, notes) ?? chosen?.tab ?? firstTab)
  const shownIds = new Set(
    answers
      .filter(({ criterionId }) => criterionId === selectedId)
      .flatMap(({ evidence }) => evidence.map((one) => one.source.resourceId)),
  )
  const tabs = [
    ...notes.map((note) => ({
      value: noteTab(note.resourceId),
      label: note.date === null ? note.title : `${note.title}, ${americanDate(note.date)}`,
    })),
    ...lists.map((list) => ({ value: list, label: `${titles[list]} (${source[list].length})` })),
    { value: 'unread', label: `What we could not read (${parts.length})` },
  ]
  return (
    <Tabs.Root
      value={tab}
      onValueChange={(value) => onChoose({ tab: String(value), turn })}
      className="flex min-h-0 flex-1 flex-col"
    >
      <Tabs.List
        aria-label="Parts of the chart"
        className="flex shrink-0 flex-wrap gap-x-1 border-b border-line bg-sunken px-2 pt-1"
      >
        {tabs.map(({ value, label }) => (
          <Tabs.Tab
            key={value}
            value={value}
            className="max-w-56 truncate rounded-t-md border-b-2 border-transparent px-2 py-1.5 text-xs font-medium text-soft hover:text-ink data-active:border-accent data-active:text-ink"
          >
            {label}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <div className="min-h-0 flex-1 overflow-y-auto" data-scroll>
        {notes.map((note) => (
          <Tabs.Panel key={note.resourceId} value={noteTab(note.resourceId)} className="p-4">
            <DocumentText
              document={note}
              answers={answers}
              selectedId={selectedId}
              shownStart={shownPlace?.evidence.quote?.start}
              onSelectPassage={selectPassage}
            />
          </Tabs.Panel>
        ))}
        {lists.map((list) => (
          <Tabs.Panel key={list} value={list}>
            <ChartList lines={source[list]} shownIds={shownIds} emptyText={emptyTexts[list]} />
          </Tabs.Panel>
        ))}
        <Tabs.Panel value="unread">
          <UnreadList parts={parts} />
        </Tabs.Panel>
      </div>
      {passage !== undefined && isEditable && selectedId !== undefined && (
        <UsePassage
          passage={passage}
          question={answers.find(({ criterionId }) => criterionId === selectedId)?.question ?? ''}
          onUse={() => {
            onUsePassage(passage)
            document.getSelection()?.removeAllRanges()
            setPassage(undefined)
          }}
          onLeave={() => setPassage(undefined)}
        />
      )}
    </Tabs.Root>
  )
}

/** Offers the selected sentence as evidence for the selected question. */
function UsePassage({
  passage,
  question,
  onUse,
  onLeave,
}: {
  passage: SelectedPassage
  question: string
  onUse: () => void
  onLeave: () => void
}) {
  return (
    <div className="shrink-0 space-y-2 border-t border-line bg-accent-soft p-3">
      <p className="line-clamp-2">“{passage.text}”</p>
      <div className="flex flex-wrap items-center gap-2">
        <button
          type="button"
          // The selection must survive the press.
          onMouseDown={(event) => event.preventDefault()}
          onClick={onUse}
          className={`${primaryButton} max-w-full`}
        >
          <span className="truncate">Use as evidence for “{question}”</span>
        </button>
        <button type="button" onClick={onLeave} className={quietButton}>
          Cancel
        </button>
      </div>
    </div>
  )
}

const titles: Readonly<Record<ListName, string>> = {
  medications: 'Medications',
  problems: 'Problems',
  procedures: 'Procedures',
  results: 'Results',
}

const emptyTexts: Readonly<Record<ListName, string>> = {
  medications: 'The chart shows no medications.',
  problems: 'The chart shows no problems.',
  procedures: 'The chart shows no procedures.',
  results: 'The chart shows no results.',
}

const noteTab = (resourceId: string) => `note ${resourceId}`

/** The tab on which a piece of evidence is. */
function tabOf(
  evidence: Evidence | undefined,
  notes: WorkItemSource['documents'],
): string | undefined {
  if (evidence === undefined) return undefined
  const { resourceType, resourceId } = evidence.source
  return notes.some((note) => note.resourceId === resourceId)
    ? noteTab(resourceId)
    : listOf[resourceType]
}
