import type { ClinicalBundle, Concept, OrderEntry, ResourceSource } from '@authscript/prior-auth'
import { systemNameOf } from '../../codes/system-name.ts'
import type { CodedRule, CodeSet } from '../../policy/coded-rule.ts'

/** One thing of the coded chart, whatever kind it is. */
export interface Entry {
  readonly source: ResourceSource
  /** The field that carries the fact. */
  readonly path: string
  readonly concepts: readonly Concept[]
  /** Body sites beside the code. */
  readonly sites: readonly Concept[]
  /** `YYYY-MM-DD`; of a period its end. */
  readonly day: string | undefined
  /** Doubted or not yet begun: it neither supports nor refutes. */
  readonly isDoubtful: boolean
  /** What FHIRPath sees. */
  readonly resource: object
}

type List = CodedRule['from']

const listsOf: Readonly<Record<string, readonly List[]>> = {
  Condition: ['conditions'],
  Observation: ['observations'],
  Procedure: ['procedures'],
  MedicationRequest: ['medications'],
  ServiceRequest: ['order', 'order_reasons'],
  Patient: ['patient'],
}

interface Listed {
  readonly entries: readonly Entry[]
  /** Positions of the entries by `system code`, so that twenty thousand observations are walked once and not once a rule. */
  readonly byCode: ReadonlyMap<string, readonly number[]>
  readonly byId: ReadonlyMap<string, readonly Entry[]>
}

/** The coded chart of one order, in lists by code. */
export class ChartIndex {
  readonly #bundle: ClinicalBundle
  readonly #order: OrderEntry
  readonly #asOf: string
  readonly #lists = new Map<List, Listed>()

  constructor(bundle: ClinicalBundle, order: OrderEntry, asOf: string) {
    this.#bundle = bundle
    this.#order = order
    this.#asOf = asOf
  }

  /** What the rule's codes, else its words, pick out of its list; newest first, undated last. */
  find(rule: CodedRule): readonly { readonly entry: Entry; readonly basis: 'coded' | 'text' }[] {
    const list = this.#list(rule.from)
    const picked = new Map<Entry, 'coded' | 'text'>()
    if (rule.codes === undefined && rule.words === undefined)
      for (const entry of list.entries) picked.set(entry, 'coded')
    for (const set of rule.codes ?? [])
      for (const index of positionsOf(set, list)) {
        const entry = list.entries[index]
        if (entry !== undefined) picked.set(entry, 'coded')
      }
    if (rule.words !== undefined) {
      const words = wordsOf(rule.words)
      const asked = new Set((rule.codes ?? []).map((set) => set.system))
      for (const entry of list.entries)
        if (
          !picked.has(entry) &&
          !hasCodeOf(entry, asked) &&
          entry.concepts.some((one) => speaksOf(one, words))
        )
          picked.set(entry, 'text')
    }
    return [...picked]
      .map(([entry, basis]) => ({ entry, basis }))
      .sort((a, b) => (b.entry.day ?? '').localeCompare(a.entry.day ?? ''))
  }

  /** The entries of one resource: what a pointer is checked against. */
  entriesOf(resourceType: string, resourceId: string): readonly Entry[] {
    return (listsOf[resourceType] ?? []).flatMap(
      (from) => this.#list(from).byId.get(resourceId) ?? [],
    )
  }

  #list(from: List): Listed {
    let list = this.#lists.get(from)
    if (list === undefined) {
      list = listed(entriesOf(from, this.#bundle, this.#order, this.#asOf))
      this.#lists.set(from, list)
    }
    return list
  }
}

/** A code as it is compared: `m54.16` and `M5416` are one. */
function plain(code: string): string {
  return code.replaceAll('.', '').toUpperCase()
}

function listed(entries: readonly Entry[]): Listed {
  const byCode = new Map<string, number[]>()
  const byId = new Map<string, Entry[]>()
  for (const [index, entry] of entries.entries()) {
    const same = byId.get(entry.source.resourceId)
    if (same === undefined) byId.set(entry.source.resourceId, [entry])
    else same.push(entry)
    for (const concept of entry.concepts)
      for (const { system, code } of concept.codings) {
        const name = systemNameOf(system)
        if (name === undefined || code === undefined) continue
        const key = `${name} ${plain(code)}`
        const positions = byCode.get(key)
        if (positions === undefined) byCode.set(key, [index])
        else positions.push(index)
      }
  }
  return { entries, byCode, byId }
}

function* positionsOf(set: CodeSet, list: Listed): Generator<number> {
  const except = (set.except ?? []).map((code) => `${set.system} ${plain(code)}`)
  for (const code of set.codes ?? []) yield* list.byCode.get(`${set.system} ${plain(code)}`) ?? []
  if (set.under === undefined) return
  const prefixes = set.under.map((code) => `${set.system} ${plain(code)}`)
  for (const [key, positions] of list.byCode)
    if (
      prefixes.some((prefix) => key.startsWith(prefix)) &&
      !except.some((prefix) => key.startsWith(prefix))
    )
      yield* positions
}

function hasCodeOf(entry: Entry, asked: ReadonlySet<CodeSet['system']>): boolean {
  return entry.concepts.some((concept) =>
    concept.codings.some(({ system, code }) => {
      const name = systemNameOf(system)
      return code !== undefined && name !== undefined && asked.has(name)
    }),
  )
}

const compiledWords = new WeakMap<readonly string[], RegExp>()

function wordsOf(words: readonly string[]): RegExp {
  let pattern = compiledWords.get(words)
  if (pattern === undefined) {
    pattern = new RegExp(`\\b(?:${words.join('|')})`, 'i')
    compiledWords.set(words, pattern)
  }
  return pattern
}

function speaksOf(concept: Concept, words: RegExp): boolean {
  return (
    words.test(concept.text ?? '') ||
    concept.codings.some((coding) => words.test(coding.display ?? ''))
  )
}

const wrongConditions = new Set(['refuted', 'entered-in-error'])
const doubtfulConditions = new Set(['unconfirmed', 'provisional', 'differential'])
const undoneProcedures = new Set(['not-done', 'entered-in-error', 'preparation', 'on-hold'])
const wrongObservations = new Set(['entered-in-error', 'cancelled'])
const wrongMedications = new Set(['entered-in-error', 'cancelled', 'draft', 'on-hold'])
const unwritten = new Set(['proposal', 'plan'])

function entriesOf(
  from: List,
  bundle: ClinicalBundle,
  order: OrderEntry,
  asOf: string,
): readonly Entry[] {
  const isPast = (entry: Entry) => entry.day === undefined || entry.day <= nextDay(asOf)
  switch (from) {
    case 'conditions':
      return bundle.conditions
        .filter((one) => !wrongConditions.has(one.verificationStatus ?? ''))
        .map((one) => ({
          ...bare(one, 'Condition.code', [one.code]),
          day: dayOf(one.recordedDate ?? one.onsetDate),
          isDoubtful: doubtfulConditions.has(one.verificationStatus ?? ''),
        }))
    case 'procedures':
      return bundle.procedures
        .filter((one) => !undoneProcedures.has(one.status ?? ''))
        .map((one) => ({
          ...bare(one, 'Procedure.code', [one.code]),
          sites: one.bodySites,
          day: dayOf(one.performedEnd ?? one.performedStart),
        }))
        .filter(isPast)
    case 'medications':
      return bundle.medications
        .filter(
          (one) => !wrongMedications.has(one.status ?? '') && !unwritten.has(one.intent ?? ''),
        )
        .map((one) => ({
          ...bare(one, 'MedicationRequest.medication', [one.medication]),
          day: dayOf(one.authoredOn),
        }))
        .filter(isPast)
    case 'observations':
      return bundle.observations
        .filter((one) => !wrongObservations.has(one.status ?? ''))
        .flatMap((one) => {
          const day = dayOf(one.effectiveDate)
          const whole = { ...bare(one, 'Observation.value', [one.code]), day }
          const parts = one.components.map((part) => ({
            ...whole,
            path: 'Observation.component.value',
            concepts: [part.code],
            resource: { ...one, ...part, components: [] },
          }))
          return [whole, ...parts]
        })
        .filter(isPast)
    case 'order':
      return [
        {
          ...bare(order, 'ServiceRequest.code', [order.code]),
          sites: order.bodySites,
          day: dayOf(order.authoredOn),
        },
      ]
    case 'order_reasons': {
      const named = order.reasons.map((reason) => ({
        ...bare(order, 'ServiceRequest.reasonCode', [reason]),
        day: dayOf(order.authoredOn),
        resource: { ...order, code: reason },
      }))
      const pointed = entriesOf('conditions', bundle, order, asOf).filter((entry) =>
        order.reasonConditionIds.includes(entry.source.resourceId),
      )
      return [...named, ...pointed]
    }
    case 'patient':
      return [
        {
          ...bare(bundle.patient, 'Patient.birthDate', []),
          day: undefined,
          resource: { ...bundle.patient, ...ageAt(bundle.patient.birthDate, asOf) },
        },
      ]
    default:
      return from satisfies never
  }
}

function bare(
  resource: { readonly source: ResourceSource },
  path: string,
  concepts: readonly Concept[],
): Omit<Entry, 'day'> {
  return { source: resource.source, path, concepts, sites: [], isDoubtful: false, resource }
}

/** A date as precise as it was written, as the last day it may mean: a month is not older than its last day. */
function dayOf(date: string | undefined): string | undefined {
  if (date === undefined) return undefined
  if (date.length >= 10) return date.slice(0, 10)
  if (/^\d{4}-\d{2}$/.test(date)) {
    const [year, month] = date.split('-').map(Number)
    return new Date(Date.UTC(year ?? 0, month ?? 1, 0)).toISOString().slice(0, 10)
  }
  return /^\d{4}$/.test(date) ? `${date}-12-31` : undefined
}

function nextDay(day: string): string {
  const time = Date.parse(`${day}T00:00:00Z`)
  return Number.isNaN(time) ? day : new Date(time + 86_400_000).toISOString().slice(0, 10)
}

/** Whole years on the day of the visit, where the birth date is known to the day. */
function ageAt(birthDate: string | undefined, asOf: string): { readonly ageYears?: number } {
  if (birthDate === undefined || birthDate.length !== 10) return {}
  const years = Number(asOf.slice(0, 4)) - Number(birthDate.slice(0, 4))
  return { ageYears: asOf.slice(5) < birthDate.slice(5) ? years - 1 : years }
}
