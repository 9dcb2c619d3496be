import { americanDate, type ReviewView, type WorkItemSource } from '@authscript/prior-auth'

type ChartLine = WorkItemSource['problems'][number]

/** A list of the chart, such as the problems. Lines that support an answer of the selected question are marked. */
export function ChartList({
  lines,
  shownIds,
  emptyText,
}: {
  lines: readonly ChartLine[]
  shownIds: ReadonlySet<string>
  emptyText: string
}) {
  if (lines.length === 0) return <p className="p-4 text-soft">{emptyText}</p>
  return (
    <ul>
      {lines.map((line) => (
        <li
          key={line.resourceId}
          data-shown={shownIds.has(line.resourceId) || undefined}
          className="border-b border-line px-4 py-2 last:border-b-0 data-shown:bg-mark"
        >
          <span className="block">{line.text}</span>
          <span className="block text-xs text-soft">
            {[
              line.code,
              line.date === null ? undefined : americanDate(line.date),
              line.status?.replaceAll(/[-_]/gu, ' '),
            ]
              .filter((part) => part !== undefined && part !== null && part !== '')
              .join(' · ')}
          </span>
        </li>
      ))}
    </ul>
  )
}

const kindWords: Readonly<Record<string, string>> = {
  Patient: 'The patient',
  Condition: 'Problems',
  Observation: 'Results and vital signs',
  Procedure: 'Procedures',
  MedicationRequest: 'Medications',
  DiagnosticReport: 'Reports',
  DocumentReference: 'Notes',
  ServiceRequest: 'Orders',
  DeviceRequest: 'Device orders',
  Coverage: 'Insurance',
  Encounter: 'The encounter',
  Practitioner: 'Providers',
  Organization: 'Organizations',
  Location: 'Places',
}

/** Parts of the chart that were not read, or not completely, so that no answer may depend on them. */
export interface UnreadPart {
  readonly title: string
  readonly what: string
}

export function unreadParts(
  completeness: ReviewView['completeness'],
  source: WorkItemSource | undefined,
): readonly UnreadPart[] {
  const kinds = completeness
    .filter((one) => one.outcome !== 'complete' || one.strangers > 0 || one.malformed > 0)
    .map((one) => ({
      title: kindWords[one.resourceType] ?? one.resourceType,
      what: readingOf(one),
    }))
  const notes = (source?.documents ?? [])
    .filter(({ text, unreadReason }) => text === null || unreadReason !== null)
    .map(({ title, text, unreadReason }) => ({
      title,
      what: `${text === null ? '' : 'read in part: '}${unreadReason ?? 'could not be read'}`,
    }))
  return [...kinds, ...notes]
}

function readingOf(one: ReviewView['completeness'][number]): string {
  const outcomes = {
    complete: 'read completely',
    partial: `${one.count} read, the rest is unknown`,
    forbidden: 'the EHR does not let us read these: unknown',
    failed: 'could not be read: unknown',
    not_asked: 'not requested: unknown',
  } as const
  return [
    outcomes[one.outcome],
    one.since === undefined ? undefined : `requested since ${americanDate(one.since)}`,
    // Some reasons are only a code of ours, and the outcome already says it.
    /^[a-z]+(?:_[a-z]+)+$/u.test(one.reason ?? '') ? undefined : one.reason,
    one.strangers > 0 ? `${one.strangers} of another patient left out` : undefined,
    one.malformed > 0 ? `${one.malformed} damaged and left out` : undefined,
  ]
    .filter((part) => part !== undefined)
    .join('; ')
}

export function UnreadList({ parts }: { parts: readonly UnreadPart[] }) {
  if (parts.length === 0)
    return <p className="p-4 text-soft">Everything that was requested was read completely.</p>
  return (
    <ul>
      {parts.map(({ title, what }) => (
        <li key={`${title} ${what}`} className="border-b border-line px-4 py-2 last:border-b-0">
          <span className="block font-medium">{title}</span>
          <span className="block text-soft first-letter:uppercase">{what}</span>
        </li>
      ))}
    </ul>
  )
}
