/** A share of one, as a bar and in figures: never by colour alone. */
export function Confidence({ value, wide = false }: { value: number | null; wide?: boolean }) {
  if (value === null) return <span className="text-soft">not judged</span>
  const percent = Math.round(value * 100)
  return (
    <span
      className="inline-flex items-center gap-2 tabular-nums"
      title={`confidence ${percent} of 100`}
    >
      <span
        aria-hidden
        className={`h-1.5 overflow-hidden rounded-full bg-quiet-soft ${wide ? 'w-32' : 'w-16'}`}
      >
        <span className="block h-full rounded-full bg-accent" style={{ width: `${percent}%` }} />
      </span>
      <span>{percent}%</span>
    </span>
  )
}
