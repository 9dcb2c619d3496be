import type { ClinicalBundle, Evidence } from '@authscript/prior-auth'
import type { ChartIndex } from './coded/chart-index.ts'
import { summaryOf } from './coded/summary.ts'

/**
 * Re-reads pointers before an answer may rest on them: the resource is in the chart, in the version that was read, and what was read there is there. A quote
 * stands at its offsets, letter for letter; a coded fact reads the same again.
 */
export class Verifier {
  readonly #bundle: ClinicalBundle
  readonly #chart: ChartIndex

  constructor(bundle: ClinicalBundle, chart: ChartIndex) {
    this.#bundle = bundle
    this.#chart = chart
  }

  isVerified(evidence: Evidence): boolean {
    return evidence.quote === undefined ? this.#isRead(evidence) : isQuoted(evidence, this.#bundle)
  }

  #isRead({ source, path, summary }: Evidence): boolean {
    return this.#chart
      .entriesOf(source.resourceType, source.resourceId)
      .some(
        (entry) =>
          entry.path === path &&
          entry.source.versionId === source.versionId &&
          summaryOf(entry) === summary,
      )
  }
}

/** Whether a quote stands at its offsets in a note of the chart, letter for letter. */
export function isQuoted({ quote, source }: Evidence, bundle: ClinicalBundle): boolean {
  const document = bundle.documents.find(
    (one) =>
      one.source.resourceId === source.resourceId && one.source.versionId === source.versionId,
  )
  return (
    quote !== undefined &&
    quote.text !== '' &&
    document?.content.kind === 'text' &&
    document.content.text.slice(quote.start, quote.end) === quote.text
  )
}
