/** Can be a member of one list at a time. */
export interface Linked<Node> {
  previous: Node | undefined
  next: Node | undefined
}

/** A first-in-first-out list whose links are in its members: removing any member takes constant time, and an empty list holds no memory. */
export class LinkedList<Node extends Linked<Node>> {
  #first: Node | undefined
  #last: Node | undefined
  #size = 0

  get size(): number {
    return this.#size
  }

  get first(): Node | undefined {
    return this.#first
  }

  push(node: Node): void {
    node.previous = this.#last
    if (this.#last === undefined) this.#first = node
    else this.#last.next = node
    this.#last = node
    this.#size += 1
  }

  shift(): Node | undefined {
    const node = this.#first
    if (node === undefined) return undefined
    const { next } = node
    this.#first = next
    if (next === undefined) this.#last = undefined
    else next.previous = undefined
    node.next = undefined
    this.#size -= 1
    return node
  }

  /** `node` must be a member. */
  remove(node: Node): void {
    const { previous, next } = node
    if (previous === undefined) this.#first = next
    else previous.next = next
    if (next === undefined) this.#last = previous
    else next.previous = previous
    node.previous = undefined
    node.next = undefined
    this.#size -= 1
  }

  *[Symbol.iterator](): IterableIterator<Node> {
    for (let node = this.#first; node !== undefined; node = node.next) yield node
  }
}
