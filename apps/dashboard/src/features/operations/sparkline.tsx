import { height, pathOf, width } from './spark-path.ts'

export interface SparkLine {
  readonly name: string
  readonly values: readonly (number | null)[]
  /** A class with a colour for the stroke. */
  readonly stroke: string
}

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
