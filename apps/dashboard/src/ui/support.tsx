import { type SupportLevel, supportLevelOf } from '@authscript/prior-auth'

const filled: Readonly<Record<SupportLevel, number>> = { strong: 3, partial: 2, weak: 1 }

/** How well the chart supports the request: a level with three steps; the number from 0 to 1 on hover. */
export function Support({ value }: { value: number | null }) {
  if (value === null) return <span className="text-soft">not assessed</span>
  const level = supportLevelOf(value)
  return (
    <span
      className="inline-flex items-center gap-2"
      title={`${level} support: ${value.toFixed(2)} of 1`}
      data-support={level}
    >
      <span aria-hidden className="flex gap-0.5">
        {[1, 2, 3].map((step) => (
          <span
            key={step}
            className={`h-1.5 w-4 rounded-full ${step <= filled[level] ? 'bg-accent' : 'bg-quiet-soft'}`}
          />
        ))}
      </span>
      <span className="first-letter:uppercase">{level}</span>
    </span>
  )
}
