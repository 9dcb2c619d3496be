import type { Concept as CodedConcept } from '@authscript/prior-auth'
import { sideOf } from '../../codes/look-up.ts'
import { systemNameOf } from '../../codes/system-name.ts'
import type { ConceptKind } from '../../lexicon/concept.ts'
import type { LexiconView } from '../../lexicon/lexicon-view.ts'
import type { Mention } from '../../lexicon/mention.ts'
import type { Assertion } from '../../modifiers/assertion.ts'
import type { Side } from '../fact.ts'
import { sideOfAll, sidesIn } from '../values/sides.ts'
import { tokensOf } from '../values/tokens.ts'
import { type CodeIndex, codeIndexOf, plainCode } from './code-index.ts'

/** The meaning of a coded entry in terms of the lexicon. */
export interface Meaning {
  /** Empty if the lexicon has no concept for the entry. */
  readonly conceptId: string
  readonly kind?: ConceptKind
  readonly by: 'code' | 'words'
  readonly sites: readonly string[]
  readonly side?: Side
  /** Observables, devices and activities named in its text: "saturation at rest". */
  readonly conditions: readonly string[]
  /** What the text of an entry without a known code says besides the concept: "rule out", "history of". */
  readonly hedge?: Pick<Partial<Assertion>, 'status' | 'when' | 'subject'>
}

const hedges: readonly (readonly [pattern: RegExp, hedge: NonNullable<Meaning['hedge']>])[] = [
  [/\b(?:family history|family hx|fh of|mother|father|sibling)\b/i, { subject: 'other' }],
  [
    /\b(?:rule[ -]?out|r\/o|suspected|suspicion|possible|probable|presumed|questionable|concern for|evaluat(?:e|ion) (?:of|for)|vs\.?)\b|\?/i,
    { status: 'possible' },
  ],
  [
    /\b(?:screening|risk (?:of|for)|at risk|encounter for|prophyla\w+|prevent\w*|counsel\w+|education|exposure to)\b/i,
    { status: 'hypothetical' },
  ],
  [/\b(?:no|without|negative for|denies|absence of|not)\b/i, { status: 'unsettled' }],
  [
    /\b(?:history of|hx of|h\/o|personal history|past|previous|status post|s\/p|old|resolved)\b/i,
    { when: 'past' },
  ],
]

/** Every text that names a side contains one of these. */
const sideWord = /left|right|bilat|both|\b(?:[lr]t?|b\/l|[lrb][lu]e)\b/i

/** Number of texts whose mentions are cached; the entries of charts repeat few names. */
const maxTexts = 5_000

const readers = new WeakMap<LexiconView, EntryReader>()

/** The reader for a lexicon, created once for it. */
export function entryReaderOf(lexicon: LexiconView): EntryReader {
  let reader = readers.get(lexicon)
  if (reader === undefined) {
    reader = new EntryReader(lexicon)
    readers.set(lexicon, reader)
  }
  return reader
}

/** Reads the codes and text of coded entries; each text is read once. */
export class EntryReader {
  readonly #lexicon: LexiconView
  readonly #codes: CodeIndex
  readonly #texts = new Map<string, readonly Mention[]>()

  constructor(lexicon: LexiconView) {
    this.#lexicon = lexicon
    this.#codes = codeIndexOf(lexicon)
  }

  /**
   * The meanings of an entry, restricted to the kinds that its list can contain; a single meaning without a
   * concept if there is none.
   */
  meaningsOf(
    code: CodedConcept,
    bodySites: readonly CodedConcept[],
    kinds: readonly ConceptKind[],
  ): readonly Meaning[] {
    const byCode = [
      ...new Set(code.codings.flatMap((coding) => this.#codes.conceptsOf(coding))),
    ].filter((id) => this.#isOf(id, kinds))
    const mentions = byCode.length > 0 ? [] : this.#mentionsOf(code)
    const byWords = this.#narrowest(
      mentions.filter((one) => this.#isOf(one.conceptId, kinds)).map((one) => one.conceptId),
    )
    const ids = byCode.length > 0 ? byCode : byWords
    const by = byCode.length > 0 ? 'code' : 'words'
    const words = textsOf(code).join(' ; ')
    const hedge =
      by === 'words' && ids.length > 0
        ? hedges.find(([pattern]) => pattern.test(words))?.[1]
        : undefined
    const side = this.#sideOf(code, bodySites)
    const conditions = this.#mentionsOf(code)
      .map((one) => one.conceptId)
      .filter((id) => this.#isOf(id, ['observable', 'device', 'function']))
    return (ids.length === 0 ? [''] : ids).map((conceptId) => {
      const kind = this.#lexicon.get(conceptId)?.kind
      return {
        conceptId,
        ...(kind === undefined ? {} : { kind }),
        by,
        sites: this.#sitesOf(conceptId, code, bodySites),
        ...(side === undefined ? {} : { side }),
        conditions: [...new Set(conditions)].filter((one) => one !== conceptId),
        ...(hedge === undefined ? {} : { hedge }),
      }
    })
  }

  mentionsIn(text: string): readonly Mention[] {
    let found = this.#texts.get(text)
    if (found === undefined) {
      if (this.#texts.size >= maxTexts) this.#texts.clear()
      found = this.#lexicon.findIn(text)
      this.#texts.set(text, found)
    }
    return found
  }

  #mentionsOf(code: CodedConcept): readonly Mention[] {
    return textsOf(code).flatMap((text) => this.mentionsIn(text))
  }

  #isOf(conceptId: string, kinds: readonly ConceptKind[]): boolean {
    const kind = this.#lexicon.get(conceptId)?.kind
    return kind !== undefined && kinds.includes(kind)
  }

  /** Drops a concept that is only the wider name of another one found. */
  #narrowest(ids: readonly string[]): readonly string[] {
    const all = [...new Set(ids)]
    return all.filter((id) => !all.some((other) => other !== id && this.#lexicon.isA(other, id)))
  }

  #sitesOf(
    conceptId: string,
    code: CodedConcept,
    bodySites: readonly CodedConcept[],
  ): readonly string[] {
    const own = this.#lexicon.get(conceptId)?.sites
    if (own !== undefined && own.length > 0) return own
    const stated = bodySites.flatMap((site) => [
      ...site.codings.flatMap((coding) => this.#codes.conceptsOf(coding)),
      ...this.#mentionsOf(site).map((one) => one.conceptId),
    ])
    const sites = stated.length > 0 ? stated : this.#mentionsOf(code).map((one) => one.conceptId)
    return [...new Set(sites)].filter((id) => this.#isOf(id, ['site']))
  }

  #sideOf(code: CodedConcept, bodySites: readonly CodedConcept[]): Side | undefined {
    return this.sideInWords(bodySites) ?? this.sideInWords([code]) ?? sideByCode(code)
  }

  /** The only side that these entries name. */
  sideInWords(concepts: readonly CodedConcept[]): Side | undefined {
    const sides = concepts.flatMap(textsOf).flatMap((text) => {
      if (!sideWord.test(text)) return []
      const starts = new Set(this.mentionsIn(text).map((one) => one.start))
      return sidesIn(tokensOf(text), (place) => starts.has(place))
    })
    return sideOfAll(sides)
  }
}

/** The side in its ICD-10-CM code. */
export function sideByCode({ codings }: CodedConcept): Side | undefined {
  const sides = new Set(
    codings.flatMap(({ system, code }) =>
      systemNameOf(system) === 'icd10cm' && code !== undefined
        ? (sideOf(plainCode(code)) ?? [])
        : [],
    ),
  )
  const [side] = sides
  if (side === undefined || sides.size > 1) return undefined
  return side === 'bilateral' ? 'both' : side
}

export function textsOf({ text, codings }: CodedConcept): readonly string[] {
  return [...new Set([text, ...codings.map((coding) => coding.display)])].filter(
    (one): one is string => one !== undefined && one.trim() !== '',
  )
}
