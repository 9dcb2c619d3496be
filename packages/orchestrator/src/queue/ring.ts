/** A first-in-first-out queue that grows as needed; taking from the front is O(1). */
export class Ring<Item> {
  #slots: (Item | undefined)[] = new Array<Item | undefined>(16)
  #head = 0
  #size = 0

  get size(): number {
    return this.#size
  }

  push(item: Item): void {
    if (this.#size === this.#slots.length) this.#grow()
    // The length is a power of two: masking wraps the index.
    this.#slots[(this.#head + this.#size) & (this.#slots.length - 1)] = item
    this.#size += 1
  }

  shift(): Item | undefined {
    if (this.#size === 0) return undefined
    const item = this.#slots[this.#head]
    this.#slots[this.#head] = undefined
    this.#head = (this.#head + 1) & (this.#slots.length - 1)
    this.#size -= 1
    return item
  }

  peek(): Item | undefined {
    return this.#size === 0 ? undefined : this.#slots[this.#head]
  }

  /** O(n); for aborts, which are rare. */
  remove(item: Item): boolean {
    const items = [...this]
    const index = items.indexOf(item)
    if (index === -1) return false
    this.#slots = new Array<Item | undefined>(this.#slots.length)
    this.#head = 0
    this.#size = 0
    for (const kept of items) if (kept !== item) this.push(kept)
    return true
  }

  *[Symbol.iterator](): IterableIterator<Item> {
    for (let index = 0; index < this.#size; index += 1) {
      yield this.#slots[(this.#head + index) & (this.#slots.length - 1)] as Item
    }
  }

  #grow(): void {
    const items = [...this]
    this.#slots = [...items, ...new Array<Item | undefined>(items.length)]
    this.#head = 0
  }
}
