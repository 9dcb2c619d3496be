/** The latest `capacity` items. Positions count every item ever pushed; the window holds `oldest` (inclusive) to `end` (exclusive). */
export class ReplayWindow<Item> {
  readonly #slots: Item[] = []
  readonly #capacity: number
  #end = 0
  /** The slot of position `end`. */
  #slot = 0
  #latest: { readonly from: number; readonly to: number; readonly items: readonly Item[] } = {
    from: 0,
    to: 0,
    items: [],
  }

  constructor(capacity: number) {
    this.#capacity = capacity
  }

  get capacity(): number {
    return this.#capacity
  }

  get end(): number {
    return this.#end
  }

  get oldest(): number {
    return Math.max(0, this.#end - this.#capacity)
  }

  push(item: Item): void {
    this.#slots[this.#slot] = item
    this.#slot = this.#slot + 1 === this.#capacity ? 0 : this.#slot + 1
    this.#end += 1
  }

  /** `position` must be in the window. */
  at(position: number): Item {
    return this.#slots[position % this.#capacity] as Item
  }

  /** Everything from `from` on, which must be in the window or `end`. Readers at the same position get the same array, which is made once. */
  from(from: number): readonly Item[] {
    if (this.#latest.from !== from || this.#latest.to !== this.#end) {
      const items: Item[] = []
      for (let position = from; position < this.#end; position += 1) items.push(this.at(position))
      this.#latest = { from, to: this.#end, items }
    }
    return this.#latest.items
  }
}
