import type { Span } from '../../document/note-document.ts'

/** The index of the first of these spans, sorted by `start`, that begins at or after an offset. */
export function firstFrom(spans: readonly Span[], place: number): number {
  let low = 0
  let high = spans.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((spans[middle]?.start ?? 0) < place) low = middle + 1
    else high = middle
  }
  return low
}

/** Whether one of these spans, sorted and without overlap, overlaps another. */
export function overlapsAny(spans: readonly Span[], { start, end }: Span): boolean {
  const behind = firstFrom(spans, start)
  return (
    (spans[behind]?.start ?? Number.POSITIVE_INFINITY) < end ||
    (spans[behind - 1]?.end ?? 0) > start
  )
}
