import type { ClinicalBundle, Evidence } from '@authscript/prior-auth'
import { noteTextOf } from './verify-fact.ts'

/** Whether the quote stands at its offsets in a note of the chart, character for character. */
export function isQuoted({ quote, source }: Evidence, bundle: ClinicalBundle): boolean {
  return (
    quote !== undefined &&
    quote.text !== '' &&
    noteTextOf(source, bundle)?.slice(quote.start, quote.end) === quote.text
  )
}
