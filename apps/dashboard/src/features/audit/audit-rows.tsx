import type { AuditEntryView } from '@authscript/prior-auth'
import { actionText, personOf } from './audit-words.ts'

const timeFormat = new Intl.DateTimeFormat('en-US', {
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
})

/** Newest first. A narrow screen shows each row as a card. */
export function AuditRows({ rows }: { rows: readonly AuditEntryView[] }) {
  return (
    <ul
      aria-label="What was done, newest first"
      className="divide-y divide-line rounded-xl border border-line bg-panel"
    >
      {rows.map((row) => (
        <AuditRow key={row.sequence} row={row} />
      ))}
    </ul>
  )
}

function AuditRow({ row }: { row: AuditEntryView }) {
  const isRefused = row.outcome === 'refused'
  return (
    <li
      data-audit={row.sequence}
      className="grid grid-cols-[11rem_minmax(0,2fr)_minmax(0,2fr)_minmax(0,3fr)] gap-x-4 gap-y-1 px-4 py-2.5 max-[800px]:grid-cols-1"
    >
      <time dateTime={row.occurredAt} className="text-soft">
        {timeFormat.format(new Date(row.occurredAt))}
      </time>
      <span className="min-w-0">
        <span className="block font-medium break-words">{personOf(row)}</span>
        <span className="block text-xs text-soft">{row.roles.join(', ')}</span>
      </span>
      <span className={`min-w-0 break-words ${isRefused ? 'text-bad' : ''}`}>
        {actionText(row)}
        {row.count > 1 && row.action !== 'retention' && `, ${row.count} times in an hour`}
      </span>
      <span className="min-w-0 text-xs">
        <Ids name="patient" ids={row.patientIds} />
        <Ids name="encounter" ids={row.encounterIds} />
        <details>
          <summary className="cursor-pointer text-soft">Row {row.sequence}</summary>
          <dl className="mt-1 grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-0.5 break-all">
            <Fact name="Operation" value={row.operation} />
            <Fact name="Detail" value={row.detail} />
            <Fact name="Work items" value={row.workItemIds.join(', ')} />
            <Fact name="Practices" value={row.practiceIds.join(', ')} />
            <Fact name="Address" value={row.address} />
            <Fact name="Request" value={row.requestId} />
            <Fact name="Person ID" value={row.personId} />
            <Fact name="SHA-256" value={row.hash} />
          </dl>
        </details>
      </span>
    </li>
  )
}

const shownIds = 3

function Ids({ name, ids }: { name: string; ids: readonly string[] }) {
  if (ids.length === 0) return null
  const more = ids.length - shownIds
  return (
    <span className="block break-all">
      {name} {ids.slice(0, shownIds).join(', ')}
      {more > 0 && ` and ${more} more`}
    </span>
  )
}

function Fact({ name, value }: { name: string; value: string | null }) {
  if (value === null || value === '') return null
  return (
    <>
      <dt className="text-soft">{name}</dt>
      <dd>{value}</dd>
    </>
  )
}
