import type { ConfigTree } from './config-tree.ts'
import { type KeyNode, keysOf } from './key-tree.ts'

/** A complete configuration as JSON: the keys that a gateway needs, and those that are changed first. */
export function exampleOf(root: KeyNode): string {
  const example: ConfigTree = {}
  for (const { path, node } of keysOf(root)) {
    if (node.notes.example === undefined) continue
    let section = example
    for (const name of path.slice(0, -1)) section = (section[name] ??= {}) as ConfigTree
    section[path.at(-1) ?? ''] = node.notes.example
  }
  return JSON.stringify(example, null, 2)
}
