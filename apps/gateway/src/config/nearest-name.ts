/**
 * The candidate that is most like `name` when case and underscores are ignored; undefined when none is similar.
 *
 * Two names are similar when at most half of the longer one has to change, as commander.js does for options.
 */
export function nearestName(name: string, candidates: Iterable<string>): string | undefined {
  let nearest: string | undefined
  let best = 0.5
  for (const candidate of candidates) {
    const [a, b] = [squash(name), squash(candidate)]
    const longest = Math.max(a.length, b.length)
    const similarity = (longest - editDistance(a, b)) / longest
    if (similarity < best || (similarity === best && nearest !== undefined)) continue
    best = similarity
    nearest = candidate
  }
  return nearest
}

/** As people mistype keys: the case, the underscores and the dots do not count. */
export const squash = (name: string) => name.toLowerCase().replaceAll(/[_.]/g, '')

/**
 * How many letters must be added, removed, replaced or swapped with their neighbour. Swapped letters are the most common slip, and
 * the small libraries (leven, fastest-levenshtein) count them as two; so these lines are ours.
 */
export function editDistance(a: string, b: string): number {
  const rows = [Array.from({ length: b.length + 1 }, (_, column) => column)]
  const at = (row: number, column: number) => rows[row]?.[column] ?? 0
  for (let row = 1; row <= a.length; row++) {
    const costs = [row]
    rows.push(costs)
    for (let column = 1; column <= b.length; column++) {
      const isSame = a[row - 1] === b[column - 1]
      const isSwapped =
        row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]
      costs[column] = Math.min(
        at(row - 1, column) + 1,
        at(row, column - 1) + 1,
        at(row - 1, column - 1) + (isSame ? 0 : 1),
        isSwapped ? at(row - 2, column - 2) + 1 : Number.POSITIVE_INFINITY,
      )
    }
  }
  return at(a.length, b.length)
}
