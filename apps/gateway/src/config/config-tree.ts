/** A configuration before it is checked. */
export type ConfigTree = { [key: string]: unknown }

export function isTree(value: unknown): value is ConfigTree {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A path as a key of maps: names may contain dots. */
export const pathKey = (path: readonly string[]) => path.join('\0')

/** Whether the path has a value, from the file or the environment. */
export function isSet(tree: ConfigTree, path: readonly string[]): boolean {
  let at: unknown = tree
  for (const name of path)
    at = typeof at === 'object' && at !== null ? (at as ConfigTree)[name] : undefined
  return at !== undefined
}
