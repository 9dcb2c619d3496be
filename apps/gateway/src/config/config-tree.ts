/** A configuration before it is checked. */
export type ConfigTree = { [key: string]: unknown }

export function isTree(value: unknown): value is ConfigTree {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A path as a key of maps: names may contain dots. */
export const pathKey = (path: readonly string[]) => path.join('\0')
