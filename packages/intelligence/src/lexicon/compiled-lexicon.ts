import { type NoteDocument, readableText, type Span, type Unit } from '../document/note-document.ts'
import type { Concept } from './concept.ts'
import { guardHolds, lineOf, type GuardContext } from './guard.ts'
import type { Mention } from './mention.ts'
import { maximal } from './maximal.ts'
import type { Hit } from './phrase-trie.ts'
import { tailLength, tailOf } from './tail.ts'
import { type Entry, Terms } from './terms.ts'
import { cachedTokensOf, tokensOf, type Token } from './tokens.ts'
import {
  type JudgedObservable,
  type Observed,
  ValueReader,
  type ValueWords,
} from './value-words.ts'
import { byToken, isCovered, isDeniedAlone } from './judged-observables.ts'

/** All concepts that notes are searched for, compiled. */
export interface Lexicon {
  readonly concepts: readonly Concept[]
  /**
   * The concepts of a unit in text order; if the unit is only an answer, those of the preceding question. Spans
   * are offsets into the document's source.
   */
  find(document: NoteDocument, unit: Unit): readonly Mention[]
  /** The concepts of a standalone text, such as a coded entry's. */
  findIn(text: string): readonly Mention[]
  get(conceptId: string): Concept | undefined
  /** Whether `conceptId` is `wider` or one of its narrower concepts. */
  isA(conceptId: string, wider: string): boolean
  /**
   * The words of a text at which a term may begin. A concept can occur in a unit only if the unit or its
   * lead-ins contain one of its `firstWordsOf`.
   */
  firstWordsIn(text: string): readonly string[]
  /** The first words of all terms that can give a mention of the concept. */
  firstWordsOf(conceptId: string): ReadonlySet<string>
}

/**
 * Requires concepts without the errors that `lintLexicon` reports. Terms are compiled on the first search, so
 * callers that only look up concepts, such as the policy check, do not pay for it.
 */
export class CompiledLexicon implements Lexicon {
  readonly concepts: readonly Concept[]
  readonly #byId: ReadonlyMap<string, Concept>
  readonly #wider = new Map<string, ReadonlySet<string>>()
  readonly #values: ValueReader
  #compiled: Terms | undefined

  constructor(concepts: readonly Concept[], values: ValueWords) {
    this.concepts = concepts
    this.#byId = new Map(concepts.map((one) => [one.id, one]))
    this.#values = new ValueReader(values, concepts)
  }

  get #terms(): Terms {
    return (this.#compiled ??= new Terms(this.concepts))
  }

  firstWordsOf(conceptId: string): ReadonlySet<string> {
    return this.#terms.firstWordsOf(conceptId)
  }

  firstWordsIn(text: string): readonly string[] {
    return this.#terms.trie.firstWordsOf(tokensOf(text, { start: 0, end: text.length }))
  }

  get(conceptId: string): Concept | undefined {
    return this.#byId.get(conceptId)
  }

  isA(conceptId: string, wider: string): boolean {
    return conceptId === wider || this.#widerOf(conceptId).has(wider)
  }

  #widerOf(conceptId: string): ReadonlySet<string> {
    const before = this.#wider.get(conceptId)
    if (before !== undefined) return before
    const found = new Set<string>()
    const open = [...(this.#byId.get(conceptId)?.broader ?? [])]
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (found.has(next)) continue
      found.add(next)
      open.push(...(this.#byId.get(next)?.broader ?? []))
    }
    this.#wider.set(conceptId, found)
    return found
  }

  findIn(text: string): readonly Mention[] {
    return this.#findAt(text, { start: 0, end: text.length }, [])
  }

  find(document: NoteDocument, unit: Unit): readonly Mention[] {
    const source = readableText(document)
    const around = linesAround(unit)
    const found = this.#findAt(source, unit, around, unit, document.source)
    const question = unit.leads.at(-1)
    if (found.length > 0 || question === undefined) return found
    if (cachedTokensOf(source, unit).length > answerTokens) return found
    return this.#findAt(source, tailOf(question), around)
  }

  #findAt(
    source: string,
    span: Span,
    aroundSpans: readonly Span[],
    unit?: Unit,
    whole = source,
  ): readonly Mention[] {
    const tokens = cachedTokensOf(source, span)
    const hits = this.#withValidGuards(source, tokens, aroundSpans)
    if (hits.length === 0) return []
    const observed = hits
      .filter(({ entry }) => this.#byId.get(entry.conceptId)?.kind === 'observable')
      .map(({ entry, start, end }) => ({ conceptId: entry.conceptId, start, end }))
    const starts = new Map(observed.map(({ start, end }) => [end, start]))
    const judged = this.#values.read(tokens, observed)
    const judgedAt = byToken(judged)
    const open = observed.filter((one) => !judgedAt.has(one.start))
    const answered = unit === undefined ? [] : this.#answered(source, tokens, open, unit, whole)
    const answeredAt = byToken(answered)
    const mentions = [
      ...hits
        .filter((hit) => this.#isNumeric(hit) || !isCovered(hit, judgedAt.get(hit.start) ?? []))
        .map(({ entry, start, end }) => toMention(tokens, entry.conceptId, start, end)),
      ...judged.flatMap((one) =>
        this.#mentionOf(tokens, one).map((mention) => ({ ...mention, isJudged: true as const })),
      ),
      ...answered.flatMap((one) =>
        this.#mentionOf(tokens, one).map((mention) => ({ ...mention, isAnswered: true as const })),
      ),
      ...open
        .filter(
          (one) =>
            !answeredAt.has(one.start) &&
            !this.#isTest(one) &&
            isDeniedAlone(tokens, one, starts, unit),
        )
        .flatMap((one) => this.#mentionOf(tokens, { ...one, verdict: 'abnormal', value: one })),
    ]
    return distinct(mentions).sort((one, other) => one.start - other.start || other.end - one.end)
  }

  /** The observables of a pair or row whose answer is a value: "QuantiFERON: negative". */
  #answered(
    source: string,
    tokens: readonly Token[],
    open: readonly Observed[],
    { kind, polarity, start, end, quote }: Unit,
    whole: string,
  ): readonly JudgedObservable[] {
    if (open.length === 0 || (kind !== 'pair' && kind !== 'row')) return []
    if (polarity !== 'yes' && polarity !== 'no') return []
    if (quote.end <= end) return this.#answeredWithin(tokens, open, tokensOf(whole, { start, end }))
    const answer = tokensOf(source, { start: end, end: Math.min(quote.end, end + tailLength) })
    return this.#values
      .read([...tokens, ...answer], open)
      .filter(({ value }) => value.start >= tokens.length)
      .map((one) => ({ ...one, end: Math.min(one.end, tokens.length - 1) }))
  }

  /** "QuantiFERON: Negative (2/14/26)": the readable text lacks the answer, so it is read from the note itself. */
  #answeredWithin(
    tokens: readonly Token[],
    open: readonly Observed[],
    whole: readonly Token[],
  ): readonly JudgedObservable[] {
    const same = whole.findIndex(({ word }, at) => word !== tokens[at]?.word)
    const isTest = open.some((one) => this.#isTest(one))
    if (same === -1 || whole.length === tokens.length || !isTest) return []
    return this.#values
      .read(
        whole,
        open.filter((one) => this.#isTest(one) && one.end < same),
      )
      .flatMap((one) => {
        const own = open.find(({ start }) => start === one.start)
        return own === undefined || one.value.start < same ? [] : [{ ...one, end: own.end }]
      })
  }

  /** Its normal value is a separate finding, so a bare "no" means that the test was not done. */
  #isTest({ conceptId }: Observed): boolean {
    return this.#byId.get(conceptId)?.values?.normal.asserts !== undefined
  }

  /** "strength 5/5" is also a measurement. */
  #isNumeric({ entry }: Hit<Entry>): boolean {
    const kind = this.#byId.get(entry.conceptId)?.kind
    return kind === 'score' || kind === 'measure'
  }

  /** The longest terms, after removing terms whose guard fails. */
  #withValidGuards(
    source: string,
    tokens: readonly Token[],
    around: readonly Span[],
  ): readonly Hit<Entry>[] {
    const all: Hit<Entry>[] = []
    for (let index = 0; index < tokens.length; index += 1) {
      if (tokens[index]?.kind === 'mark') continue
      for (const hit of this.#terms.trie.from(tokens, index)) all.push(hit)
    }
    if (all.every(({ entry }) => entry.abbreviation === undefined))
      return this.#withoutWider(maximal(all))
    const surroundings = this.#surroundingsOf(source, tokens, around, all)
    return this.#withoutWider(
      maximal(
        all.filter(
          ({ entry, start, end }) =>
            entry.abbreviation === undefined ||
            guardHolds(entry.abbreviation, { start, end }, surroundings),
        ),
      ),
    )
  }

  /** "physical therapy visits" is physical therapy, and not also the wider therapy visits. */
  #withoutWider(hits: readonly Hit<Entry>[]): readonly Hit<Entry>[] {
    return hits.filter((hit, index) => {
      const isOfNarrower = (other: Hit<Entry> | undefined) =>
        other !== undefined &&
        other.start <= hit.end &&
        other.end >= hit.start &&
        other.entry.conceptId !== hit.entry.conceptId &&
        this.isA(other.entry.conceptId, hit.entry.conceptId)
      return !isOfNarrower(hits[index - 1]) && !isOfNarrower(hits[index + 1])
    })
  }

  #surroundingsOf(
    source: string,
    tokens: readonly Token[],
    around: readonly Span[],
    hits: readonly Hit<Entry>[],
  ): GuardContext {
    const lines = () => around.map((one) => cachedTokensOf(source, one))
    const unguarded = () =>
      [
        ...hits,
        ...lines().flatMap((words) => words.flatMap((_, at) => this.#terms.trie.from(words, at))),
      ]
        .filter(({ entry }) => entry.abbreviation === undefined)
        .map(({ entry }) => entry.conceptId)
    let line: string | undefined
    let conceptIds: readonly string[] | undefined
    return {
      source,
      tokens,
      line: () => (line ??= lineOf([tokens, ...lines()])),
      hasConcept: (wider) => (conceptIds ??= unguarded()).some((id) => this.isA(id, wider)),
      isAllCapitals: () => {
        const text = source.slice(tokens[0]?.start ?? 0, tokens.at(-1)?.end ?? 0)
        return text.length > 12 && text === text.toUpperCase()
      },
      answers: new Map(),
    }
  }

  #mentionOf(tokens: readonly Token[], judged: JudgedObservable): readonly Mention[] {
    const values = this.#byId.get(judged.conceptId)?.values
    if (values === undefined) return []
    const { asserts, denies } = values[judged.verdict]
    return [
      ...(asserts === undefined ? [] : [toMention(tokens, asserts, judged.start, judged.end)]),
      ...(denies === undefined
        ? []
        : [{ ...toMention(tokens, denies, judged.start, judged.end), denied: true } as const]),
    ]
  }
}

/** The lines that a guard may inspect: the lead-ins of a unit and its section's title. */
export function linesAround({ leads, section: { title } }: Unit): readonly Span[] {
  return (title === undefined ? leads : [...leads, title]).map(tailOf)
}

/** A unit of at most this many tokens may be the answer to the preceding question: "No, not since June." */
const answerTokens = 6
function toMention(
  tokens: readonly Token[],
  conceptId: string,
  start: number,
  end: number,
): Mention {
  return { conceptId, start: tokens[start]?.start ?? 0, end: tokens[end]?.end ?? 0 }
}

/** Removes duplicates of the same concept at the same position. */
function distinct(mentions: readonly Mention[]): Mention[] {
  if (mentions.length < 2) return [...mentions]
  return [
    ...new Map(mentions.map((one) => [`${one.conceptId} ${one.start} ${one.end}`, one])).values(),
  ]
}
