/** Caches up to a number of results of a pure function; when it is full, it is cleared. */
export class BoundedCache<T> {
  readonly #capacity: number
  readonly #results = new Map<string, { readonly value: T }>()

  constructor(capacity: number) {
    this.#capacity = capacity
  }

  get(key: string, compute: () => T): T {
    const known = this.#results.get(key)
    if (known !== undefined) return known.value
    const value = compute()
    if (this.#results.size >= this.#capacity) this.#results.clear()
    this.#results.set(key, { value })
    return value
  }
}
