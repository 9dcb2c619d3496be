import type { Clock } from '../clock.ts'
import {
  actorKey,
  type AuditEntry,
  type AuditSubject,
  chartKey,
  type NewAuditRow,
  nobody,
  toAuditRows,
} from './audit-entry.ts'
import type { auditRows } from './audit-log.ts'

type Counter = Pick<ReturnType<typeof auditRows>, 'mark' | 'countMarked'>

/** Limits the memory; for further marks the database is asked again. */
const maxKept = 50_000

/**
 * How many addresses of unknown people are counted separately in an hour. Further ones are counted together, so that nobody fills the trail
 * by trying to sign in from many addresses: with a row for the first, tenth, hundredth … refusal of each, an hour has a few thousand rows
 * at most.
 */
const maxUnknown = 500

interface Sifted {
  readonly rows: readonly NewAuditRow[]
  /** To be passed to `keep` when the rows are committed. */
  readonly keys: readonly string[]
}

/**
 * Leaves out what needs no further row in the audit trail: another view of the same chart by the same person in this minute, and most
 * repeated refusals, which are only counted. The database decides, for all nodes. Views are also remembered here for the minute, so that a
 * page that loads ten parts of one chart causes one query.
 */
export class AuditMarks {
  readonly #clock: Pick<Clock, 'now'>
  #minute = 0
  #kept = new Set<string>()

  constructor(clock: Pick<Clock, 'now'>) {
    this.#clock = clock
  }

  /** Whether everything in this entry is already recorded in this minute. */
  hasAll(entry: AuditEntry): boolean {
    if (entry.details.oncePerMinute !== true) return false
    this.#forget()
    return subjectsOf(entry).every((subject) => this.#kept.has(chartKey(entry, subject)))
  }

  /** The rows to write, in the transaction of `counter`. */
  async sift(entries: readonly AuditEntry[], counter: Counter): Promise<Sifted> {
    const rows: NewAuditRow[] = []
    const keys: string[] = []
    for (const entry of entries) {
      if (entry.details.outcome === 'refused') rows.push(...(await counted(entry, counter)))
      else if (entry.details.oncePerMinute === true) {
        const seen = await firstSeen(entry, counter)
        keys.push(...seen.keys)
        rows.push(...seen.rows)
      } else rows.push(...toAuditRows(entry))
    }
    return { rows, keys }
  }

  keep(keys: readonly string[]): void {
    this.#forget()
    if (this.#kept.size + keys.length > maxKept) this.#kept = new Set()
    for (const key of keys) this.#kept.add(key)
  }

  #forget(): void {
    const minute = Math.floor(this.#clock.now().getTime() / 60_000)
    if (minute === this.#minute) return
    this.#minute = minute
    this.#kept = new Set()
  }
}

const subjectsOf = ({ details: { subjects = [] } }: AuditEntry) =>
  subjects.length === 0 ? [undefined] : subjects

async function firstSeen(entry: AuditEntry, counter: Counter): Promise<Sifted> {
  const byKey = new Map<string, AuditSubject | undefined>(
    subjectsOf(entry).map((subject) => [chartKey(entry, subject), subject]),
  )
  const keys = [...byKey.keys()]
  const counts = await counter.mark(entry.details.action, 'minute', keys)
  const first = keys.filter((key) => counts.get(key) === 1)
  if (first.length === 0) return { rows: [], keys }
  const subjects = first.flatMap((key) => byKey.get(key) ?? [])
  return { rows: toAuditRows({ ...entry, details: { ...entry.details, subjects } }), keys }
}

async function counted(entry: AuditEntry, counter: Counter): Promise<readonly NewAuditRow[]> {
  const { actor, operation, details } = entry
  const isUnknown = actor.label === null && actor.personId === null
  const kind = isUnknown ? 'refused unknown' : 'refused'
  const isOneOfMany = isUnknown && (await counter.countMarked(kind, maxUnknown)) >= maxUnknown
  const who = isOneOfMany ? 'many addresses' : actorKey(actor)
  const key = isUnknown ? who : [who, operation ?? '', details.detail ?? ''].join('\n')
  const count = (await counter.mark(kind, 'hour', [key])).get(key) ?? 1
  if (!Number.isInteger(Math.log10(count))) return []
  const row = { ...entry, details: { ...details, count } }
  return toAuditRows(
    isOneOfMany ? { ...row, actor: { ...nobody, requestId: actor.requestId } } : row,
  )
}
