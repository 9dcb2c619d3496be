import type { TileView } from '@authscript/prior-auth'

type Figure = TileView['figures'][number]

/** Larger numbers would push their label out of a narrow tile. */
const compactFrom = 100_000
const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 })
const compact = new Intl.NumberFormat('en-US', { notation: 'compact', maximumFractionDigits: 1 })
const fine = new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 })

export function figureWords({ value, unit }: Pick<Figure, 'value' | 'unit'>): string {
  if (value === null) return '–'
  switch (unit) {
    case 'count':
      return value < compactFrom ? whole.format(value) : compact.format(value)
    case 'per_second':
      return fine.format(value)
    case 'seconds':
      return value < 120 ? `${fine.format(value)} s` : `${whole.format(value / 60)} min`
    default:
      unit satisfies never
      return ''
  }
}
