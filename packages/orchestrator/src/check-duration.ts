interface DurationBounds {
  /** 0 is refused. */
  readonly isPositive?: boolean
  /** `Infinity` is refused; elsewhere it means no limit. */
  readonly isFinite?: boolean
}

/** @throws {RangeError} naming the duration, its value and what is allowed */
export function checkDuration(name: string, value: number, bounds: DurationBounds = {}): void {
  const { isPositive = false, isFinite = false } = bounds
  const isLongEnough = typeof value === 'number' && (isPositive ? value > 0 : value >= 0)
  if (isLongEnough && (value < Number.POSITIVE_INFINITY || !isFinite)) return
  const allowed = isPositive ? 'more than 0' : 'at least 0'
  throw new RangeError(`${name} must be ${allowed}${isFinite ? ' and finite' : ''}, got ${value}`)
}
