import { type NoteDocument, readableText, type Span } from '../../document/note-document.ts'
import type { Fact } from '../fact.ts'

const present =
  /\b(?:not (?:currently |presently |now )?(?:on|taking|using|wearing|doing|receiving)|isn't (?:on|taking|using|wearing|doing)|no longer|off|(?:at|for) (?:the )?(?:present|moment|time being)|at this (?:time|point)|current(?:ly)?|presently|now|right now|these days)\b/i
/** Words for the whole time until now. */
const everBefore =
  /\b(?:never|ever|tried|trial|prior|previous(?:ly)?|has not|hasn't|have not|haven't|had|to date|so far|yet|until now|before)\b/i
const reach = 60

/**
 * "Not on pain medicine", "analgesia: nil at present": a denial for the present says nothing about an earlier
 * trial.
 */
export function deniedNow(
  fact: Fact,
  document: NoteDocument,
  quote: Span,
  { start, end }: Span,
): Fact {
  const isDenied = fact.assertion.status === 'denied' || fact.assertion.phase === 'not_done'
  if (fact.kind !== 'therapy' || !isDenied) return fact
  const text = readableText(document)
  const before = text.slice(Math.max(quote.start, start - reach), start)
  const behind = text.slice(end, Math.min(quote.end, end + reach))
  const clause = `${before.split(/[.;]/).at(-1) ?? ''}${text.slice(start, end)}${behind.split(/[.;]/)[0] ?? ''}`
  const around = clause.replaceAll('’', "'")
  return present.test(around) && !everBefore.test(around) ? { ...fact, isOfNowAlone: true } : fact
}
