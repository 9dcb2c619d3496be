import { americanDate, type QueueRow, type QueueSort } from '@authscript/prior-auth'
import { createColumnHelper, tableFeatures } from '@tanstack/react-table'
import { TriangleAlert } from 'lucide-react'
import { now } from '../../clock.ts'
import { StageBadge } from '../../ui/stage.tsx'
import { UrgentMark } from '../../ui/urgent-mark.tsx'
import { dayOf, dueOf } from './due.ts'

export const features = tableFeatures({})
const helper = createColumnHelper<typeof features, QueueRow>()

/** What the server can sort a column by; the others stay as they are. */
export const sortOfColumn: Readonly<Record<string, QueueSort>> = {
  patient: 'patient',
  order: 'order',
  payer: 'payer',
  provider: 'provider',
  due: 'due',
}

export const sortLabels: Readonly<Record<QueueSort, string>> = {
  due: 'Due',
  patient: 'Patient',
  order: 'Order',
  payer: 'Payer',
  provider: 'Provider',
  updated: 'Last change',
}

export const columns = helper.columns([
  helper.accessor('patientName', {
    id: 'patient',
    header: 'Patient',
    cell: ({ row: { original: row } }) => (
      <Two
        first={row.patientName ?? 'Name not known'}
        second={row.birthDate === null ? 'birth date not known' : americanDate(row.birthDate)}
      />
    ),
  }),
  helper.accessor('orderDescription', {
    id: 'order',
    header: 'Order',
    cell: ({ row: { original: row } }) => (
      <Two
        first={row.orderDescription ?? 'Order without a description'}
        second={row.procedureCode ?? 'no procedure code'}
        isLong="always"
      />
    ),
  }),
  helper.accessor('payerName', {
    id: 'payer',
    header: 'Payer',
    cell: ({ row: { original: row } }) => (
      <Two first={row.payerName ?? 'No payer'} second={row.planName ?? ''} isLong="on_line" />
    ),
  }),
  helper.accessor('providerName', {
    id: 'provider',
    header: 'Provider',
    cell: ({ getValue }) => <One text={getValue() ?? 'Not known'} />,
  }),
  helper.accessor('dueOn', {
    id: 'due',
    header: 'Due',
    cell: ({ row: { original: row } }) => <DueCell row={row} />,
  }),
  helper.accessor('openQuestionCount', {
    id: 'questions',
    header: 'Open questions',
    cell: ({ row: { original: row } }) => <Questions row={row} />,
  }),
  helper.accessor('owner', {
    id: 'owner',
    header: 'Owner',
    cell: ({ row: { original: row } }) => (
      <>
        {row.owner === null ? (
          <span className="text-soft max-[899px]:sr-only">
            <span aria-hidden>–</span>
            <span className="sr-only">no owner</span>
          </span>
        ) : (
          <One text={row.owner} />
        )}
        {row.mentionsMe && (
          <span
            data-mentions-me
            className="rounded-full bg-accent-soft px-2 text-xs font-semibold text-accent"
          >
            mentions you
          </span>
        )}
      </>
    ),
  }),
  helper.accessor('stage', {
    id: 'status',
    header: 'Status',
    cell: ({ row: { original: row } }) => <Status row={row} />,
  }),
])

function One({ text }: { text: string }) {
  return (
    <span dir="auto" title={text} className="block truncate text-left">
      {text}
    </span>
  )
}

/** `isLong`: the first takes two lines before it is cut off, always or where a row is a line. */
function Two({
  first,
  second,
  isLong,
}: {
  first: string
  second: string
  isLong?: 'always' | 'on_line'
}) {
  return (
    <>
      <span
        dir="auto"
        title={first}
        className={`text-left font-medium ${firstLine[isLong ?? 'never']}`}
      >
        {first}
      </span>
      <span
        dir="auto"
        title={second}
        className="block truncate text-left text-xs text-soft tabular-nums"
      >
        {second}
      </span>
    </>
  )
}

const firstLine = {
  always: 'line-clamp-2 leading-[1.15rem] break-words',
  on_line:
    'max-[899px]:block max-[899px]:truncate min-[900px]:line-clamp-2 min-[900px]:leading-[1.15rem] min-[900px]:break-words',
  never: 'block truncate',
} as const

function DueCell({ row }: { row: QueueRow }) {
  const { dueOn, plannedOn, stage } = row
  const due = dueOn === null ? undefined : dueOf(dueOn, stage, dayOf(now()))
  return (
    <>
      <span className="flex flex-wrap items-center gap-x-1.5">
        {due !== undefined && (
          <span
            className={`inline-flex items-center gap-1 whitespace-nowrap ${due.isOverdue ? 'font-semibold text-warn' : ''}`}
          >
            {due.isOverdue && <TriangleAlert aria-hidden className="size-3.5 shrink-0" />}
            {due.words}
          </span>
        )}
        <UrgentMark order={row} />
      </span>
      <span className="block text-xs whitespace-nowrap text-soft tabular-nums">
        {plannedOn === null ? 'No planned day' : `planned ${americanDate(plannedOn)}`}
      </span>
    </>
  )
}

function Status({ row: { stage, failure, informationRequest: asked } }: { row: QueueRow }) {
  return (
    <span title={failure === null ? undefined : `${failure.what} ${failure.remedy}`}>
      <StageBadge stage={stage} needsDecision={failure?.needsDecision === true} />
      {stage === 'information_asked' && asked !== null && (
        <span dir="auto" title={asked.what} className="block truncate text-left text-xs text-soft">
          {asked.of}
          {asked.dueOn !== null && `, by ${americanDate(asked.dueOn)}`}
        </span>
      )}
    </span>
  )
}

function Questions({ row: { questionCount, openQuestionCount } }: { row: QueueRow }) {
  if (questionCount === 0) return <span className="text-soft">–</span>
  return (
    <span className="whitespace-nowrap tabular-nums">
      {openQuestionCount === 0 ? 'None' : openQuestionCount}
      <span className="text-soft"> of {questionCount}</span>
    </span>
  )
}
