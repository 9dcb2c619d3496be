import type { ClinicalBundle, OrderEntry, ResourceSource } from '@authscript/prior-auth'
import type { Fact } from '../../facts/fact.ts'
import type { AnswerContext } from '../answer-context.ts'
import { type CodedEntry, codedEntriesOf, orderEntriesOf } from './coded-entries.ts'

interface Sources {
  readonly textById: ReadonlyMap<string, string>
  readonly entries: ReadonlyMap<string, readonly CodedEntry[]>
  /** Keyed by order, then by fact: many questions use the same fact. */
  readonly entryOfFact: WeakMap<OrderEntry, WeakMap<Fact, CodedEntry | typeof nowhere>>
}

const nowhere = Symbol('nowhere')

const sourcesOfChart = new WeakMap<ClinicalBundle, Sources>()

/** The text of a note in the version that was read; undefined if it is not in the chart. */
export function noteTextOf(source: ResourceSource, bundle: ClinicalBundle): string | undefined {
  return sourcesOf(bundle).textById.get(keyOf(source))
}

/** The coded entry at a path; undefined if the chart has none in that version. */
export function codedEntryOf(fact: Fact, { bundle, order }: AnswerContext): CodedEntry | undefined {
  const { entryOfFact } = sourcesOf(bundle)
  let known = entryOfFact.get(order)
  if (known === undefined) {
    known = new WeakMap()
    entryOfFact.set(order, known)
  }
  let entry = known.get(fact)
  if (entry === undefined) {
    entry = findEntry(fact, bundle, order) ?? nowhere
    known.set(fact, entry)
  }
  return entry === nowhere ? undefined : entry
}

function findEntry(
  { from }: Fact,
  bundle: ClinicalBundle,
  order: OrderEntry,
): CodedEntry | undefined {
  if (from.kind !== 'coded') return undefined
  const key = keyOf(from.source)
  const entries =
    key === keyOf(order.source) ? orderEntriesOf(order) : (sourcesOf(bundle).entries.get(key) ?? [])
  const atPath = entries.filter((one) => one.path === from.path)
  return atPath.find((one) => from.codes.some(({ code }) => one.codes.includes(code))) ?? atPath[0]
}

/**
 * Whether the source of a fact exists: the note in the version that was read, with a non-empty
 * quote that contains the fact's text; or the coded entry at its path.
 */
export function isVerified(fact: Fact, context: AnswerContext): boolean {
  const { from } = fact
  if (from.kind === 'coded') return codedEntryOf(fact, context) !== undefined
  const text = noteTextOf(from.source, context.bundle)
  if (text === undefined) return false
  const { start, end } = from.quote
  const isInText = start >= 0 && start < end && end <= text.length
  return (
    isInText &&
    text.slice(start, end).trim() !== '' &&
    from.spans.length > 0 &&
    from.spans.every((span) => span.start >= start && span.start < span.end && span.end <= end)
  )
}

function sourcesOf(bundle: ClinicalBundle): Sources {
  let sources = sourcesOfChart.get(bundle)
  if (sources === undefined) {
    const textById = new Map<string, string>()
    for (const { source, content } of bundle.documents)
      if (content.kind === 'text') textById.set(keyOf(source), content.text)
    const entries = new Map<string, CodedEntry[]>()
    for (const entry of codedEntriesOf(bundle)) {
      const key = keyOf(entry.source)
      const same = entries.get(key)
      if (same === undefined) entries.set(key, [entry])
      else same.push(entry)
    }
    sources = { textById, entries, entryOfFact: new WeakMap() }
    sourcesOfChart.set(bundle, sources)
  }
  return sources
}

function keyOf({ resourceType, resourceId, versionId }: ResourceSource): string {
  return `${resourceType}/${resourceId}/${versionId ?? ''}`
}
