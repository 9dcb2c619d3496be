export interface SparkLine {
  readonly name: string
  readonly values: readonly (number | null)[]
  /** A class with a colour for the stroke. */
  readonly stroke: string
}

const width = 120
const height = 28
const pad = 1.5

/** An hour in 60 points, all lines on one scale from zero. Minutes without a value are gaps. It says nothing that the figures do not. */
export function Sparkline({ lines }: { lines: readonly SparkLine[] }) {
  const top = Math.max(0, ...lines.flatMap(({ values }) => values.map((value) => value ?? 0)))
  return (
    <svg
      aria-hidden
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      className="block h-8 w-full"
    >
      <line
        x1="0"
        x2={width}
        y1={height - 0.5}
        y2={height - 0.5}
        className="stroke-line"
        vectorEffect="non-scaling-stroke"
      />
      {top > 0 &&
        lines.map(({ name, values, stroke }) => (
          <path
            key={name}
            d={pathOf(values, top)}
            fill="none"
            strokeWidth="2"
            strokeLinejoin="round"
            strokeLinecap="round"
            vectorEffect="non-scaling-stroke"
            className={stroke}
          />
        ))}
    </svg>
  )
}

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
