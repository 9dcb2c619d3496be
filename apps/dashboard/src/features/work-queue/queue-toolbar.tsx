import { type QueueSort, type QueueSummary, queueSort } from '@authscript/prior-auth'
import { ChevronDown, Download, Keyboard, Search, X } from 'lucide-react'
import { useEffect, useId, useRef, useState } from 'react'
import { csvUrl, type QueueSearch } from '../../api/queue.ts'
import { after } from '../../clock.ts'
import { lazyPart } from '../../ui/lazy-part.tsx'
import { useSingleKeys } from '../../ui/single-keys.ts'
import { sortLabels } from './columns.tsx'

const field = 'h-9 rounded-lg border border-edge bg-panel px-2.5'
const filterSize = 'w-36 grow min-[900px]:grow-0 min-[1200px]:w-40'

interface QueueToolbarProps {
  readonly search: QueueSearch
  readonly summary: QueueSummary | undefined
  /** Changes the address; `isTyping` replaces the entry of the history. */
  change(part: Partial<QueueSearch>, isTyping?: boolean): void
}

const FilterPickerPart = lazyPart(
  async () => (await import('./filter-picker.tsx')).FilterPicker,
  <span className={`${filterSize} h-9`} />,
)
const ShortcutsPart = lazyPart(async () => (await import('./queue-shortcuts.tsx')).QueueShortcuts)

/** Search, filters, and for narrow screens the sort. Everything is in the address. */
export function QueueToolbar({ search, summary, change }: QueueToolbarProps) {
  const hasFilter =
    search.q !== undefined ||
    search.payer !== undefined ||
    search.provider !== undefined ||
    search.owner !== undefined
  const [isHelping, setIsHelping] = useState(false)
  useSingleKeys({ '?': () => setIsHelping(true) })
  return (
    <div className="flex flex-wrap items-center gap-2">
      <SearchField text={search.q ?? ''} change={change} />
      <Filter
        label="Payer"
        none="No payer"
        value={search.payer}
        options={summary?.payers ?? []}
        onChange={(payer) => change({ payer })}
      />
      <Filter
        label="Provider"
        none="No provider"
        value={search.provider}
        options={summary?.providers ?? []}
        onChange={(provider) => change({ provider })}
      />
      <Filter
        label="Owner"
        none="Nobody"
        value={search.owner}
        options={summary?.owners ?? []}
        onChange={(owner) => change({ owner })}
      />
      <label className="min-[900px]:hidden">
        <span className="sr-only">Sort by</span>
        <select
          value={search.sort ?? 'due'}
          onChange={(event) => change({ sort: event.target.value as QueueSort })}
          className={field}
        >
          {queueSort.options.map((sort) => (
            <option key={sort} value={sort}>
              By {sortLabels[sort].toLowerCase()}
            </option>
          ))}
        </select>
      </label>
      {hasFilter && (
        <button
          type="button"
          onClick={() =>
            change({ q: undefined, payer: undefined, provider: undefined, owner: undefined })
          }
          className="inline-flex h-9 items-center gap-1 rounded-lg px-2.5 text-soft hover:bg-quiet-soft hover:text-ink"
        >
          <X aria-hidden className="size-4" /> Clear
        </button>
      )}
      <span className="ml-auto flex">
        <a
          href={csvUrl(search)}
          download
          className="inline-flex h-9 items-center gap-1.5 rounded-lg px-2.5 text-soft hover:bg-quiet-soft hover:text-ink"
        >
          <Download aria-hidden className="size-4" /> Export CSV
        </a>
        <button
          type="button"
          aria-label="Shortcuts"
          title="Shortcuts (?)"
          aria-keyshortcuts="?"
          onClick={() => setIsHelping(true)}
          className="inline-flex h-9 items-center rounded-lg px-2.5 text-soft hover:bg-quiet-soft hover:text-ink max-[899px]:hidden"
        >
          <Keyboard aria-hidden className="size-4" />
        </button>
      </span>
      {isHelping && <ShortcutsPart onClose={() => setIsHelping(false)} />}
    </div>
  )
}

const typingPauseMs = 250

function SearchField({
  text,
  change,
}: { readonly text: string } & Pick<QueueToolbarProps, 'change'>) {
  const input = useRef<HTMLInputElement>(null)
  const [typed, setTyped] = useState(text)
  const [sent, setSent] = useState(text)
  const [shown, setShown] = useState(text)
  if (shown !== text) {
    setShown(text)
    // The address changed otherwise: Back, a link, Clear. What was typed since the own change stays.
    if (text !== sent) {
      setSent(text)
      setTyped(text)
    }
  }
  useEffect(() => {
    const wanted = typed.trim()
    if (wanted === sent) return
    return after(typingPauseMs, () => {
      setSent(wanted)
      change({ q: wanted === '' ? undefined : wanted }, true)
    })
  }, [typed, sent, change])
  useSingleKeys({
    '/': () => {
      input.current?.select()
      input.current?.focus()
    },
  })
  return (
    <label className="relative block w-full min-[900px]:w-72 min-[1200px]:w-88">
      <span className="sr-only">Search by name, member id, MRN, order or code</span>
      <Search
        aria-hidden
        className="pointer-events-none absolute top-2.5 left-3 size-4 text-soft"
      />
      <input
        ref={input}
        type="search"
        value={typed}
        maxLength={200}
        aria-keyshortcuts="/"
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={(event) => event.key === 'Escape' && setTyped('')}
        placeholder="Name, member id, MRN, order, code"
        className={`${field} w-full pr-2 pl-9 min-[900px]:pr-8`}
      />
      <kbd
        aria-hidden
        className="pointer-events-none absolute top-2 right-2 rounded border border-line px-1.5 text-xs leading-5 text-soft max-[899px]:hidden"
      >
        /
      </kbd>
    </label>
  )
}

const any = 'any'
/** A longer list is searched by typing; a shorter one is a native select, which phones show in their own way. */
const fewOptions = 12

function Filter({
  label,
  none,
  value,
  options,
  onChange,
}: {
  readonly label: string
  /** The label for orders without a value. */
  readonly none: string
  readonly value: string | undefined
  readonly options: readonly string[]
  readonly onChange: (value: string | undefined) => void
}) {
  const id = useId()
  const [isPicking, setIsPicking] = useState(false)
  const all =
    value === undefined || value === '' || options.includes(value) ? options : [value, ...options]
  const look = `${field} ${filterSize} ${value === undefined ? 'text-soft' : 'border-accent font-medium'}`
  if (all.length > fewOptions || isPicking) {
    const picked = value === '' ? none : (value ?? `${label}: any`)
    const button = `${look} flex items-center gap-1`
    if (isPicking)
      return (
        <FilterPickerPart
          label={label}
          options={[
            { value: undefined, label: `${label}: any` },
            { value: '', label: none },
            ...all.map((option) => ({ value: option, label: option })),
          ]}
          value={value}
          className={button}
          onChange={onChange}
        />
      )
    return (
      <button
        type="button"
        aria-haspopup="listbox"
        aria-label={`${label}: ${value === undefined ? any : picked}`}
        onPointerEnter={FilterPickerPart.preload}
        onFocus={FilterPickerPart.preload}
        onClick={() => setIsPicking(true)}
        className={button}
      >
        <span dir="auto" className="min-w-0 grow truncate text-left">
          {picked}
        </span>
        <ChevronDown aria-hidden className="size-4 shrink-0" />
      </button>
    )
  }
  return (
    <>
      <label htmlFor={id} className="sr-only">
        {label}
      </label>
      <select
        id={id}
        value={value === undefined ? any : `=${value}`}
        onChange={({ target }) =>
          onChange(target.value === any ? undefined : target.value.slice(1))
        }
        className={look}
      >
        <option value={any}>{label}: any</option>
        <option value="=">{none}</option>
        {all.map((option) => (
          <option key={option} value={`=${option}`}>
            {option}
          </option>
        ))}
      </select>
    </>
  )
}
