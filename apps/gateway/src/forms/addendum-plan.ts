import { type AddendumPart, addendumPageAfter } from './paper/addendum.ts'
import type { Measure } from './paper/fit-text.ts'
import type { AddendumPlace } from './paper/lay-out.ts'

/** What goes on the addendum: first the texts that do not fit, then each question with its evidence. */
export class AddendumPlan {
  readonly #formPages: number
  readonly #evidence: readonly AddendumPart[]
  readonly #measure: Measure
  readonly #texts: AddendumPart[] = []
  /** By label and text: a text that has several boxes is printed once. */
  readonly #places = new Map<string, AddendumPlace>()
  /** Cached, because every box asks for it. */
  #nextPage: number | undefined

  constructor({
    formPages,
    evidence,
    measure,
  }: {
    readonly formPages: number
    readonly evidence: readonly AddendumPart[]
    readonly measure: Measure
  }) {
    this.#formPages = formPages
    this.#evidence = evidence
    this.#measure = measure
  }

  get parts(): readonly AddendumPart[] {
    return [...this.#texts, ...this.#evidence]
  }

  /** Where this text is on the addendum, or would be. */
  placeOf(label: string, text: string): AddendumPlace & { readonly part: string } {
    const known = this.#places.get(keyOf(label, text))
    if (known?.part !== undefined) return { ...known, part: known.part }
    this.#nextPage ??= this.#pageAfter(this.#texts)
    return { part: `A-${this.#texts.length + 1}`, page: this.#nextPage }
  }

  /** False if it was there already. */
  add(label: string, text: string): boolean {
    const key = keyOf(label, text)
    if (this.#places.has(key)) return false
    const place = this.placeOf(label, text)
    this.#places.set(key, place)
    this.#texts.push({ heading: `${place.part}  ${label}`, text })
    this.#nextPage = undefined
    return true
  }

  /** The page of a question and its evidence, counted from 1; right when nothing is added after. */
  pageOfQuestion(row: number): number {
    return this.#pageAfter([...this.#texts, ...this.#evidence.slice(0, row - 1)])
  }

  #pageAfter(parts: readonly AddendumPart[]): number {
    return this.#formPages + 1 + addendumPageAfter(parts, this.#measure)
  }
}

function keyOf(label: string, text: string): string {
  return JSON.stringify([label, text])
}
