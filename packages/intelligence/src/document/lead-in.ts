import { isBare } from './answers.ts'
import { hasBoxes } from './boxes/box-parts.ts'
import type { Span } from './note-document.ts'
import { placed } from './pair-pieces.ts'
import type { TextBlock } from './text-blocks.ts'
import type { Sentence } from './sentences.ts'

export interface LinesBehind {
  readonly isListNext: boolean
  readonly isTextNext: boolean
  /** The next line is a field itself: `Key: value`. */
  readonly isKeyNext: boolean
}

/** Longer text is not a lead-in. */
const maxLeadLength = 300
const announces =
  /\b(?:following|these|below|as follows|any of|include[sd]?|including|are|is|if you|for|with|to|reports?|denies|negatives?|positives?)\s*[.:]?$/i
const announcesAnywhere = /\b(?:the following|these (?:symptoms|signs|risks)|as follows)\b/i

/** The last sentence of a text block, if it governs the following lines: "Denies the following:". */
export function leadInOf(
  block: TextBlock,
  last: Sentence | undefined,
  { isListNext, isTextNext, isKeyNext }: LinesBehind,
): Span | undefined {
  if (last === undefined || last.end - last.start > maxLeadLength) return undefined
  const text = block.text.slice(last.start, last.end)
  if (hasBoxes(text)) return undefined
  // An empty field followed by another field is not a lead-in.
  if (text.endsWith(':'))
    return isListNext || (isTextNext && !(isKeyNext && isBare(text)))
      ? placed(block, last)
      : undefined
  if (!isListNext) return undefined
  const isOpen = !/[.!?;]$/.test(text) && text.length <= 120
  const leads = isOpen || announces.test(text) || announcesAnywhere.test(text)
  return leads ? placed(block, last) : undefined
}
