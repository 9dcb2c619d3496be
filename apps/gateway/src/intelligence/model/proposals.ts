import type { EvidenceProposal } from '@authscript/intelligence'
import { z } from 'zod'
import { findPassage } from '../find-passage.ts'
import type { NoteExcerpt } from './note-excerpts.ts'

/** A few sentences: more is no pointer. */
export const maxQuoteLength = 600
export const maxProposals = 40

const answerShape = z.object({
  proposals: z.array(
    z.object({
      criterionId: z.string(),
      documentId: z.string(),
      quote: z.string(),
      stance: z.enum(['supports', 'refutes']),
    }),
  ),
})

/**
 * What of the model's answer can be looked up: a question that was asked, a note that was shown, words that stand in it. The rest is
 * dropped. Quotes come back as the note has them. `undefined`: the answer is not in the shape that was asked for.
 */
export function readProposals(
  answer: string,
  criterionIds: ReadonlySet<string>,
  excerpts: readonly NoteExcerpt[],
): readonly EvidenceProposal[] | undefined {
  const parsed = answerShape.safeParse(parseJson(answer))
  if (!parsed.success) return undefined
  return parsed.data.proposals
    .slice(0, maxProposals)
    .flatMap(({ criterionId, documentId, quote, stance }) => {
      const excerpt = excerpts.find(({ alias }) => alias === documentId)
      if (excerpt === undefined || !criterionIds.has(criterionId)) return []
      if (quote.length > maxQuoteLength) return []
      const passage = findPassage(excerpt.shown, quote)
      if (passage === undefined) return []
      return [
        {
          criterionId,
          documentId: excerpt.documentId,
          quote: excerpt.written.slice(passage.start, passage.end),
          stance,
        },
      ]
    })
}

/** Models without structured output like to fence their JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.replaceAll(/^\s*```(?:json)?|```\s*$/g, ''))
  } catch {
    return undefined
  }
}
