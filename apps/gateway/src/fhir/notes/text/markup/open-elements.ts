export interface OpenElement {
  readonly name: string
  readonly isHidden: boolean
  readonly isStruck: boolean
  readonly isPreformatted: boolean
}

/** An end tag inside one of these closes nothing outside of it. @see https://html.spec.whatwg.org/#has-an-element-in-scope */
const scopes: ReadonlySet<string> = new Set(['table', 'td', 'th', 'caption', 'template'])

/** The open elements, found by name in constant time, so that hostile nesting does not make each end tag a search. */
export class OpenElements {
  readonly #stack: OpenElement[] = []
  readonly #places = new Map<string, number[]>()
  readonly #scopes: number[] = []
  readonly #onClose: (element: OpenElement) => void

  constructor(onClose: (element: OpenElement) => void) {
    this.#onClose = onClose
  }

  get top(): OpenElement | undefined {
    return this.#stack.at(-1)
  }

  open(element: OpenElement): void {
    const at = this.#stack.length
    this.#stack.push(element)
    const places = this.#places.get(element.name)
    if (places === undefined) this.#places.set(element.name, [at])
    else places.push(at)
    if (scopes.has(element.name)) this.#scopes.push(at)
  }

  /** The innermost open element of this name; -1 if none is open, or only outside of the current scope. */
  find(name: string, { beyondScopes = false } = {}): number {
    const at = this.#places.get(name)?.at(-1) ?? -1
    return beyondScopes || at >= (this.#scopes.at(-1) ?? 0) ? at : -1
  }

  /** Closes all from `place` on, the innermost first. `wasStruck`: one of them was a strike-out. */
  closeFrom(place: number): { readonly wasStruck: boolean } {
    let wasStruck = false
    while (this.#stack.length > place) {
      const element = this.#stack.pop()
      if (element === undefined) break
      this.#places.get(element.name)?.pop()
      if (scopes.has(element.name)) this.#scopes.pop()
      if (element.name === 's' || element.name === 'strike') wasStruck = true
      this.#onClose(element)
    }
    return { wasStruck }
  }
}
