import type { Answer } from '@authscript/prior-auth'

/** A part of a document's text that is shown in one style. */
export interface Segment {
  readonly text: string
  readonly start: number
  /** `selected`: a quote of the selected question; `quoted`: a quote of another one. */
  readonly kind: 'plain' | 'quoted' | 'selected'
}

/** Cuts a document's text at its quotes. The segments together are exactly the text. */
export function segmentsOf(
  text: string,
  resourceId: string,
  answers: readonly Answer[],
  selectedId: string | undefined,
): readonly Segment[] {
  const quotes = answers.flatMap(({ criterionId, evidence }) =>
    evidence.flatMap(({ source, quote }) => {
      if (source.resourceId !== resourceId || quote === undefined) return []
      const start = placeOf(text, quote)
      return start === undefined
        ? []
        : [{ start, end: start + quote.text.length, isSelected: criterionId === selectedId }]
    }),
  )
  const cuts = [
    ...new Set([0, text.length, ...quotes.flatMap(({ start, end }) => [start, end])]),
  ].toSorted((one, other) => one - other)
  return cuts.slice(0, -1).map((start, index) => {
    const end = cuts[index + 1] ?? text.length
    const over = quotes.filter((quote) => quote.start <= start && quote.end >= end)
    return {
      text: text.slice(start, end),
      start,
      kind: over.some(({ isSelected }) => isSelected)
        ? 'selected'
        : over.length > 0
          ? 'quoted'
          : 'plain',
    }
  })
}

/** Where the quote is; undefined if the text does not have it. */
function placeOf(
  text: string,
  quote: { readonly text: string; readonly start: number },
): number | undefined {
  if (quote.text === '') return undefined
  if (text.startsWith(quote.text, quote.start)) return quote.start
  const found = text.indexOf(quote.text)
  return found === -1 ? undefined : found
}
