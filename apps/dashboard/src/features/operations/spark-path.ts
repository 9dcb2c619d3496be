/** Of the drawing, in its own units. */
export const width = 120
export const height = 28
const pad = 1.5

/** A lone minute becomes a dot: a line of no length with round ends. */
export function pathOf(values: readonly (number | null)[], top: number): string {
  const step = width / Math.max(1, values.length - 1)
  const parts: string[] = []
  let isDrawing = false
  for (const [index, value] of values.entries()) {
    if (value === null) {
      isDrawing = false
      continue
    }
    const x = round(index * step)
    const y = round(height - pad - (value / top) * (height - 2 * pad))
    if (isDrawing) parts.push(`L${x} ${y}`)
    else
      parts.push(
        values[index + 1] === null || index === values.length - 1 ? `M${x} ${y}h0` : `M${x} ${y}`,
      )
    isDrawing = true
  }
  return parts.join('')
}

const round = (value: number) => Math.round(value * 10) / 10
