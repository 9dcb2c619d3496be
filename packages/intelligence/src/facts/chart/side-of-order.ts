import type { OrderEntry } from '@authscript/prior-auth'
import type { LexiconView } from '../../lexicon/lexicon-view.ts'
import type { Side } from '../fact.ts'
import { entryReaderOf, sideByCode } from './chart-entry.ts'

/** The side of an order: from its body site, its text, its notes, its reasons, or the codes of its reasons. */
export function sideOfOrder(
  { bodySites, code, notes, reasons }: OrderEntry,
  lexicon: LexiconView,
): Side | undefined {
  const reader = entryReaderOf(lexicon)
  return (
    reader.sideInWords(bodySites) ??
    reader.sideInWords([code]) ??
    reader.sideInWords(notes.map((text) => ({ codings: [], text }))) ??
    reader.sideInWords(reasons) ??
    sideByCode({ codings: reasons.flatMap((one) => one.codings) })
  )
}
