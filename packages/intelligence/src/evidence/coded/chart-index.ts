import type { ClinicalBundle, Concept, OrderEntry } from '@authscript/prior-auth'
import { systemNameOf } from '../../codes/system-name.ts'
import type { CodedRule, CodeSet } from '../../policy/coded-rule.ts'
import { type Entry, entriesOf, type List } from './listed-entries.ts'

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

  /** What may be what the rule looks for, by words alone: `words` beside or in place of the rule's own. */
  findInWords(rule: CodedRule, isSpokenOf: (text: string) => boolean): readonly Entry[] {
    const asked = new Set((rule.codes ?? []).map((set) => set.system))
    return this.#list(rule.from).entries.filter(
      (entry) =>
        !hasCodeOf(entry, asked) &&
        isSpokenOf(entry.concepts.concat(entry.sites).flatMap(textsOf).join(' ; ')),
    )
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

function textsOf({ text, codings }: Concept): readonly string[] {
  return [text, ...codings.map((coding) => coding.display)].filter((one) => one !== undefined)
}

function speaksOf(concept: Concept, words: RegExp): boolean {
  return (
    words.test(concept.text ?? '') ||
    concept.codings.some((coding) => words.test(coding.display ?? ''))
  )
}
