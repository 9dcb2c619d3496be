import type { ClinicalBundle, Evidence } from '@authscript/prior-auth'
import { noteTextOf } from './verify-fact.ts'

/** Whether a quote stands at its offsets in a note of the chart, letter for letter. */
export function isQuoted({ quote, source }: Evidence, bundle: ClinicalBundle): boolean {
  return (
    quote !== undefined &&
    quote.text !== '' &&
    noteTextOf(source, bundle)?.slice(quote.start, quote.end) === quote.text
  )
}
