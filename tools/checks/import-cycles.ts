/**
 * Returns the cycles of an import graph: each group of files that import each other, directly or through others. An import of
 * types also counts, because then neither file can be understood, moved or published without the other.
 *
 * Tarjan's algorithm for strongly connected components (SIAM Journal on Computing 1, 1972).
 */
export function findCycles(
  graph: ReadonlyMap<string, readonly string[]>,
): readonly (readonly string[])[] {
  const cycles: string[][] = []
  const index = new Map<string, number>()
  const lowest = new Map<string, number>()
  const path: string[] = []
  const onPath = new Set<string>()

  const search = (file: string): void => {
    index.set(file, index.size)
    lowest.set(file, index.size - 1)
    path.push(file)
    onPath.add(file)
    const imported = graph.get(file) ?? []
    for (const next of imported) {
      if (!index.has(next)) search(next)
      else if (!onPath.has(next)) continue
      lowest.set(file, Math.min(lowest.get(file) ?? 0, lowest.get(next) ?? 0))
    }
    if (lowest.get(file) !== index.get(file)) return
    const cycle = path.splice(path.indexOf(file))
    for (const member of cycle) onPath.delete(member)
    if (cycle.length > 1 || imported.includes(file)) cycles.push(cycle)
  }
  for (const file of graph.keys()) if (!index.has(file)) search(file)
  return cycles
}
