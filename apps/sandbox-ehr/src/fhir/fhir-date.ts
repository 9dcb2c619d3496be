/** The period of a FHIR date, in epoch milliseconds: `2026-03` is all of March. */
export interface Span {
  readonly from: number
  /** Exclusive. */
  readonly to: number
}

const shape =
  /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?(Z|[+-]\d{2}:\d{2})?)?)?)?$/

/** Undefined for an invalid date, which matches no date filter. */
export function spanOf(text: string): Span | undefined {
  const parts = shape.exec(text)
  if (parts === null) return undefined
  const [, year, month, day, hour] = parts
  if (hour !== undefined) {
    const from = Date.parse(text)
    return Number.isNaN(from) ? undefined : { from, to: from + 1000 }
  }
  const y = Number(year)
  const m = month === undefined ? 0 : Number(month) - 1
  const d = day === undefined ? 1 : Number(day)
  const start = new Date(Date.UTC(y, m, d))
  if (start.getUTCMonth() !== m || start.getUTCDate() !== d) return undefined
  const to =
    month === undefined
      ? Date.UTC(y + 1, 0, 1)
      : day === undefined
        ? Date.UTC(y, m + 1, 1)
        : Date.UTC(y, m, d + 1)
  return { from: start.getTime(), to }
}

const comparisons: Readonly<Record<string, (value: Span, asked: Span) => boolean>> = {
  eq: (value, asked) => value.from < asked.to && value.to > asked.from,
  ge: (value, asked) => value.to > asked.from,
  gt: (value, asked) => value.to > asked.to,
  le: (value, asked) => value.from < asked.to,
  lt: (value, asked) => value.from < asked.from,
}

/** A filter for `date=ge2026-01-01`; undefined if the parameter is not a date. */
export function dateFilter(parameter: string): ((value: Span) => boolean) | undefined {
  const [, prefix = 'eq', text = ''] = /^(eq|ge|gt|le|lt)?(.*)$/.exec(parameter) ?? []
  const asked = spanOf(text)
  const compare = comparisons[prefix]
  if (asked === undefined || compare === undefined) return undefined
  return (value) => compare(value, asked)
}
