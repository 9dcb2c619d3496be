import { auditAction } from '@authscript/prior-auth'
import { type FormEvent, useId, useState } from 'react'
import type { AuditSearch } from '../../api/audit.ts'
import { now } from '../../clock.ts'
import { primaryButton, secondaryButton, textInput } from '../../ui/buttons.ts'
import { actionNames } from './audit-words.ts'

/** The filters. They take effect only on Show, because each reading is a row of the trail. */
export function AuditFilters({
  search,
  onSearch,
}: {
  search: AuditSearch
  onSearch: (search: AuditSearch) => void
}) {
  const [typed, setTyped] = useState(search)
  const id = useId()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onSearch(trimmed(typed))
  }
  const type = (name: keyof AuditSearch, value: string) => setTyped({ ...typed, [name]: value })
  const input = (
    name: keyof AuditSearch,
    label: string,
    {
      kind = 'search',
      hint,
      isId = false,
    }: { kind?: 'search' | 'date'; hint?: string; isId?: boolean } = {},
  ) => (
    <div className="min-w-40 grow basis-0">
      <label htmlFor={`${id}-${name}`} className="block font-medium">
        {label}
      </label>
      <input
        id={`${id}-${name}`}
        type={kind}
        maxLength={200}
        autoComplete="off"
        spellCheck={false}
        // The filters become part of the page's address, which must not contain a name.
        {...(isId && { pattern: String.raw`\s*[^\s,]*\s*`, title: hint })}
        value={typed[name] ?? ''}
        onChange={(event) => type(name, event.target.value)}
        aria-describedby={hint === undefined ? undefined : `${id}-${name}-hint`}
        className={`${textInput} mt-1`}
      />
      {hint !== undefined && (
        <p id={`${id}-${name}-hint`} className="mt-1 text-xs text-soft">
          {hint}
        </p>
      )}
    </div>
  )
  return (
    <form
      onSubmit={submit}
      aria-label="Search the audit trail"
      className="space-y-3 rounded-xl border border-line bg-panel p-4"
    >
      <div className="flex flex-wrap gap-3">
        {input('patient', 'Patient ID in the EHR', {
          isId: true,
          hint: 'The audit trail has no patient names. Copy the ID from the order, or ask somebody who sees the chart.',
        })}
        {input('person', 'Who, by name or ID')}
        <div className="min-w-40 grow basis-0">
          <label htmlFor={`${id}-action`} className="block font-medium">
            What they did
          </label>
          <select
            id={`${id}-action`}
            value={typed.action ?? ''}
            onChange={(event) => type('action', event.target.value)}
            className={`${textInput} mt-1`}
          >
            <option value="">Anything</option>
            {auditAction.options.map((action) => (
              <option key={action} value={action}>
                {actionNames[action]}
              </option>
            ))}
          </select>
        </div>
        <div className="min-w-32 grow basis-0">
          <label htmlFor={`${id}-outcome`} className="block font-medium">
            Outcome
          </label>
          <select
            id={`${id}-outcome`}
            value={typed.outcome ?? ''}
            onChange={(event) => type('outcome', event.target.value)}
            className={`${textInput} mt-1`}
          >
            <option value="">Any</option>
            <option value="done">Done</option>
            <option value="refused">Refused</option>
          </select>
        </div>
        {input('from', 'From', { kind: 'date' })}
        {input('to', 'To', { kind: 'date' })}
      </div>
      <div className="flex flex-wrap gap-2">
        <button type="submit" className={primaryButton}>
          Show
        </button>
        <button
          type="button"
          onClick={() => {
            setTyped({})
            onSearch({})
          }}
          className={secondaryButton}
        >
          Clear
        </button>
        <button
          type="button"
          onClick={(event) => {
            if (event.currentTarget.form?.reportValidity() !== true) return
            onSearch(trimmed({ ...typed, from: dayBefore(7), to: dayBefore(0) }))
          }}
          className={secondaryButton}
        >
          Last 7 days
        </button>
      </div>
    </form>
  )
}

/** As a date input has it, in the time of this browser. */
function dayBefore(days: number): string {
  const day = new Date(now())
  day.setDate(day.getDate() - days)
  const two = (part: number) => String(part).padStart(2, '0')
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`
}

/** An empty filter is left out. */
function trimmed(typed: AuditSearch): AuditSearch {
  const entries = Object.entries(typed).map(([name, value]) => [name, value?.trim()] as const)
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined && value !== ''))
}
