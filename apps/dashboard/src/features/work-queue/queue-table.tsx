import type { QueueRow, QueueSort, QueueView } from '@authscript/prior-auth'
import { Link } from '@tanstack/react-router'
import { type Row, useTable } from '@tanstack/react-table'
import { ArrowDown, ArrowUp, ArrowUpDown } from 'lucide-react'
import { type ReactNode, useEffect, useMemo, useRef } from 'react'
import type { QueueSearch } from '../../api/queue.ts'
import { useMedia } from '../../ui/use-media.ts'
import { columns, features, sortLabels, sortOfColumn } from './columns.tsx'
import { useWindowRows } from './use-window-rows.ts'

/** From this width on a row is a line; below, a card. Both have a fixed height, so that nothing moves while rows arrive. */
export const wide = '(min-width: 900px)'
const lineHeight = 66
const cardHeight = 176
/** In the view of what failed, each row also says why. */
const reasonHeight = { line: 28, card: 76 }

export function rowHeightOf(isWide: boolean, view: QueueView): number {
  const hasReason = view === 'failed'
  if (isWide) return lineHeight + (hasReason ? reasonHeight.line : 0)
  return cardHeight + (hasReason ? reasonHeight.card : 0)
}

const lineGrid =
  'min-[900px]:grid min-[900px]:grid-cols-[1.5rem_minmax(0,1.6fr)_minmax(0,1.8fr)_minmax(0,1.2fr)_8.75rem_minmax(0,0.9fr)_10.5rem] min-[900px]:items-center min-[900px]:content-center min-[900px]:gap-x-4 min-[1100px]:grid-cols-[1.5rem_minmax(0,1.6fr)_minmax(0,1.8fr)_minmax(0,1.2fr)_minmax(0,1.1fr)_8.75rem_5.25rem_minmax(0,0.9fr)_10.5rem]'
/** On a small screen patient, order and payer need the width of these columns. */
const onlyWide: Readonly<Record<string, string>> = {
  provider: 'max-[1099px]:hidden',
  questions: 'max-[1099px]:hidden',
}

export type Selection = Readonly<Record<string, true>>

interface QueueTableProps {
  readonly rows: readonly QueueRow[]
  readonly total: number
  readonly search: QueueSearch & { readonly view: QueueView }
  readonly selection: Selection
  readonly goneIds: ReadonlySet<string>
  readonly hasMore: boolean
  readonly isChanging: boolean
  onSelect(selection: Selection): void
  onSort(sort: QueueSort): void
  onNearEnd(): void
  /** How a row is new to the person, if it is. */
  markOf(row: QueueRow): string | undefined
  onSeen(row: QueueRow): void
}

/** The rows of the queue. Only those near the screen are in the document. */
export function QueueTable(props: QueueTableProps) {
  const { rows, total, selection, onSelect, hasMore, onNearEnd, isChanging } = props
  const isWide = useMedia(wide)
  const list = useRef<HTMLDivElement>(null)
  const { view } = props.search
  const height = rowHeightOf(isWide, view)
  const { first, end } = useWindowRows(list, height, rows.length)
  // Only what is near the screen: however many rows were read, rendering costs the same.
  const near = useMemo(() => rows.slice(first, end), [rows, first, end])
  const table = useTable({
    features,
    columns,
    data: near,
    getRowId: ({ workItemId }) => workItemId,
  })
  const isNearEnd = hasMore && end > rows.length - 20
  useEffect(() => {
    if (isNearEnd) onNearEnd()
  }, [isNearEnd, onNearEnd, rows.length])

  const isSelected = (id: string) => selection[id] === true
  const selectedCount = useMemo(
    () => rows.filter(({ workItemId }) => selection[workItemId] === true).length,
    [rows, selection],
  )
  return (
    <div
      role="table"
      aria-label="Orders"
      aria-rowcount={total + 1}
      aria-busy={isChanging}
      className={`rounded-xl border border-line bg-panel ${isChanging ? 'opacity-60' : ''}`}
    >
      <div
        role="row"
        aria-rowindex={1}
        className={`${lineGrid} rounded-t-xl border-b border-line bg-sunken px-4 py-2 text-xs font-medium text-soft max-[899px]:flex min-[900px]:sticky min-[900px]:top-14 min-[900px]:z-10`}
      >
        <span role="columnheader" className="flex items-center">
          <input
            type="checkbox"
            aria-label="Select all that are shown"
            checked={selectedCount > 0 && selectedCount === rows.length}
            ref={(box) => {
              if (box !== null) box.indeterminate = selectedCount > 0 && selectedCount < rows.length
            }}
            onChange={(event) =>
              onSelect(
                event.target.checked
                  ? Object.fromEntries(rows.map(({ workItemId }) => [workItemId, true as const]))
                  : {},
              )
            }
            className="size-6 accent-accent"
          />
          <span aria-hidden className="ml-3 min-[900px]:hidden">
            Select all that are shown
          </span>
        </span>
        {table
          .getHeaderGroups()
          .flatMap(({ headers }) =>
            headers.map((header) => (
              <HeaderCell
                key={header.id}
                column={header.column.id}
                label={String(header.column.columnDef.header)}
                {...props}
              />
            )),
          )}
      </div>
      <div ref={list} role="rowgroup" style={{ height: rows.length * height }} className="relative">
        {table.getRowModel().rows.map((row, offset) => {
          const index = first + offset
          return (
            <div
              key={row.id}
              role="row"
              aria-rowindex={index + 2}
              data-work-item={row.id}
              data-encounter={row.original.encounterId}
              style={{ height, transform: `translateY(${index * height}px)` }}
              className="absolute inset-x-0 top-0 border-b border-line last:border-b-0"
            >
              <Line
                row={row}
                search={props.search}
                isSelected={isSelected(row.id)}
                onSelect={(isNow) => onSelect(withSelected(selection, row.id, isNow))}
                mark={props.markOf(row.original)}
                hasReason={view === 'failed'}
                isGone={props.goneIds.has(row.id)}
                onSeen={props.onSeen}
                renderCell={(cell) => <table.FlexRender cell={cell} />}
              />
            </div>
          )
        })}
      </div>
    </div>
  )
}

function withSelected(selection: Selection, id: string, isSelected: boolean): Selection {
  const { [id]: _, ...others } = selection
  return isSelected ? { ...others, [id]: true } : others
}

function HeaderCell({
  column,
  label,
  search,
  onSort,
}: {
  readonly column: string
  readonly label: string
} & Pick<QueueTableProps, 'search' | 'onSort'>) {
  const sort = sortOfColumn[column]
  if (sort === undefined)
    return (
      <span
        role="columnheader"
        className={`leading-3 ${onlyWide[column] ?? 'max-[899px]:sr-only'}`}
      >
        {label}
      </span>
    )
  const isSorted = (search.sort ?? 'due') === sort
  const isDescending = search.direction === 'desc'
  const Icon = isSorted ? (isDescending ? ArrowDown : ArrowUp) : ArrowUpDown
  return (
    <span
      role="columnheader"
      aria-sort={isSorted ? (isDescending ? 'descending' : 'ascending') : 'none'}
      className={onlyWide[column] ?? 'max-[899px]:hidden'}
    >
      <button
        type="button"
        onClick={() => onSort(sort)}
        className="group inline-flex items-center gap-1 rounded py-1 hover:text-ink"
      >
        {sortLabels[sort]}
        <Icon
          aria-hidden
          className={`size-3.5 ${isSorted ? 'text-accent' : 'opacity-0 group-hover:opacity-60'}`}
        />
      </button>
    </span>
  )
}

type TableRow = Row<typeof features, QueueRow>
type TableCell = ReturnType<TableRow['getAllCells']>[number]

/** Where a cell stands on a card of a narrow screen. */
const onCard: Readonly<Record<string, string>> = {
  patient: 'max-[899px]:col-start-1 max-[899px]:col-end-3 max-[899px]:row-start-1',
  order: 'max-[899px]:col-start-1 max-[899px]:col-end-3 max-[899px]:row-start-2',
  // Beside the code, which is short.
  owner:
    'max-[899px]:col-start-2 max-[899px]:row-start-2 max-[899px]:self-end max-[899px]:justify-self-end max-[899px]:text-xs max-[899px]:text-soft',
  payer: 'max-[899px]:col-start-1 max-[899px]:row-start-3',
  due: 'max-[899px]:col-start-2 max-[899px]:row-start-3',
  // On a line of its own: nothing of it is cut off.
  status: 'max-[899px]:col-start-1 max-[899px]:col-end-3 max-[899px]:row-start-4',
}

function Line({
  row,
  search,
  isSelected,
  onSelect,
  mark,
  hasReason,
  isGone,
  onSeen,
  renderCell,
}: {
  readonly row: TableRow
  readonly search: QueueSearch
  readonly isSelected: boolean
  readonly onSelect: (isSelected: boolean) => void
  readonly mark: string | undefined
  readonly hasReason: boolean
  readonly isGone: boolean
  readonly onSeen: (row: QueueRow) => void
  readonly renderCell: (cell: TableCell) => ReactNode
}) {
  const { patientName, orderDescription, workItemId, failure } = row.original
  const name = patientName ?? 'name not known'
  return (
    <div
      onPointerEnter={() => onSeen(row.original)}
      onFocus={() => onSeen(row.original)}
      className={`${lineGrid} relative h-full px-4 hover:bg-sunken max-[899px]:flex max-[899px]:gap-3 max-[899px]:py-3 ${isSelected ? 'bg-accent-soft' : ''} ${isGone ? 'opacity-60' : ''}`}
    >
      <span
        role="cell"
        className="relative z-[1] flex items-center self-stretch max-[899px]:items-start"
      >
        <input
          type="checkbox"
          aria-label={`Select ${name}`}
          checked={isSelected}
          onChange={(event) => onSelect(event.target.checked)}
          className="size-6 accent-accent"
        />
      </span>
      <div className="min-w-0 grow max-[899px]:grid max-[899px]:grid-cols-[minmax(0,1fr)_minmax(0,auto)] max-[899px]:content-between max-[899px]:gap-x-3 min-[900px]:contents">
        {row.getAllCells().map((cell) => (
          <span
            key={cell.id}
            role="cell"
            className={`min-w-0 ${onCard[cell.column.id] ?? onlyWide[cell.column.id] ?? ''}`}
          >
            {cell.column.id === 'patient' ? (
              <Link
                to="/work-items/$workItemId"
                params={{ workItemId }}
                state={{ fromQueue: search }}
                className="block rounded after:absolute after:inset-0"
              >
                {renderCell(cell)}
                <span className="sr-only">{orderDescription ?? 'Order'}</span>
              </Link>
            ) : cell.column.id === 'status' && isGone ? (
              <span className="text-xs text-soft">No longer in this view</span>
            ) : (
              renderCell(cell)
            )}
          </span>
        ))}
        {hasReason && (
          <p
            role="cell"
            data-reason={failure?.code ?? ''}
            className="text-xs max-[899px]:col-span-2 max-[899px]:line-clamp-4 min-[900px]:col-start-2 min-[900px]:-col-end-1 min-[900px]:mt-1 min-[900px]:truncate"
            title={failure === null ? '' : `${failure.what} ${failure.remedy}`}
          >
            {failure !== null && (
              <>
                <strong className="font-medium">{failure.what}</strong>{' '}
                <span className="text-soft">{failure.remedy}</span>
              </>
            )}
          </p>
        )}
      </div>
      {mark !== undefined && (
        <span
          data-mark={mark}
          className="pointer-events-none absolute top-0 left-0 rounded-br-md bg-accent px-1.5 text-[0.625rem] leading-4 font-semibold text-panel"
        >
          {mark}
        </span>
      )}
    </div>
  )
}
