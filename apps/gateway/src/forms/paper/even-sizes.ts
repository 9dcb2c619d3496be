/** A box with the largest size in which its whole text fits. */
export interface SizedBox {
  /** Boxes of one group look the same: a column of a table, or every box outside of tables. */
  readonly group: string
  readonly isColumn: boolean
  readonly size: number
}

/** This share of the boxes has the common size; the others have one smaller size. */
const commonShare = 0.8
const commonShareOfColumn = 0.5
/** A whole column is written this small rather than in two sizes. */
const smallestForAll = 7.5

/**
 * The largest type size for each box: one for each column of a table and one for all other boxes. Boxes that need a smaller size share
 * one. Sizes that differ by half a point from box to box look like a mistake.
 */
export function evenSizes(boxes: readonly SizedBox[]): (group: string, size: number) => number {
  const byGroup = Map.groupBy(boxes, (box) => box.group)
  const rules = new Map<string, { readonly common: number; readonly small: number }>()
  for (const [group, same] of byGroup) {
    const sizes = same.map(({ size }) => size).toSorted((one, other) => other - one)
    const small = sizes.at(-1) ?? 0
    const isColumn = same.some((box) => box.isColumn)
    const share = isColumn ? commonShareOfColumn : commonShare
    const common =
      isColumn && small >= smallestForAll
        ? small
        : (sizes[Math.ceil(sizes.length * share) - 1] ?? small)
    rules.set(group, { common, small })
  }
  return (group, size) => {
    const rule = rules.get(group)
    if (rule === undefined) return size
    return size >= rule.common ? rule.common : rule.small
  }
}
