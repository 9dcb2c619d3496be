/**
 * The circles in an import graph: each group of files that reach one another, in the order of the graph. An import of types only
 * counts like any other, because neither file can then be understood, moved or published without the other.
 *
 * Tarjan's algorithm for strongly connected components (SIAM Journal on Computing 1, 1972).
 */
export function findCircles(
  graph: ReadonlyMap<string, readonly string[]>,
): readonly (readonly string[])[] {
  const circles: string[][] = []
  const index = new Map<string, number>()
  const lowest = new Map<string, number>()
  const path: string[] = []
  const onPath = new Set<string>()

  const visit = (file: string): void => {
    index.set(file, index.size)
    lowest.set(file, index.size - 1)
    path.push(file)
    onPath.add(file)
    const imported = graph.get(file) ?? []
    for (const next of imported) {
      if (!index.has(next)) visit(next)
      else if (!onPath.has(next)) continue
      lowest.set(file, Math.min(lowest.get(file) ?? 0, lowest.get(next) ?? 0))
    }
    if (lowest.get(file) !== index.get(file)) return
    const circle = path.splice(path.indexOf(file))
    for (const member of circle) onPath.delete(member)
    if (circle.length > 1 || imported.includes(file)) circles.push(circle)
  }
  for (const file of graph.keys()) if (!index.has(file)) visit(file)
  return circles
}
