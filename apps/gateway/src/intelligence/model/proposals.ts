import type { EvidenceProposal } from '@authscript/intelligence'
import { z } from 'zod'
import { findPassage } from '../find-passage.ts'
import type { NoteExcerpt } from './note-excerpts.ts'

/** A few sentences; a longer quote points at nothing in particular. */
export const maxQuoteLength = 600
export const maxProposals = 40

const answerShape = z.object({
  proposals: z.array(
    z.object({
      criterionId: z.string(),
      documentId: z.string(),
      quote: z.string(),
      stance: z.enum(['supports', 'refutes']),
      conceptId: z.string().nullish(),
      words: z.string().nullish(),
      claim: z
        .object({
          days: z.number().nullish(),
          sessions: z.number().nullish(),
          value: z.number().nullish(),
          on: z.string().nullish(),
          side: z.enum(['left', 'right', 'both']).nullish(),
        })
        .nullish(),
    }),
  ),
})

type Proposed = z.infer<typeof answerShape>['proposals'][number]

/**
 * The proposals in the model's answer that can be verified: for a question that was asked, a note that was shown, a quote that is in the
 * note, words that are in the quote. All others are dropped. Quotes and words are returned as written in the note. Undefined if the
 * answer does not have the requested shape.
 */
export function readProposals(
  answer: string,
  criterionIds: ReadonlySet<string>,
  excerpts: readonly NoteExcerpt[],
): readonly EvidenceProposal[] | undefined {
  const parsed = answerShape.safeParse(parseJson(answer))
  if (!parsed.success) return undefined
  return parsed.data.proposals.slice(0, maxProposals).flatMap((one) => {
    const excerpt = excerpts.find(({ alias }) => alias === one.documentId)
    if (excerpt === undefined || !criterionIds.has(one.criterionId)) return []
    return toProposal(one, excerpt) ?? []
  })
}

function toProposal(
  { criterionId, quote, stance, conceptId, words, claim }: Proposed,
  { documentId, shown, written }: NoteExcerpt,
): EvidenceProposal | undefined {
  if (quote.length > maxQuoteLength) return undefined
  const passage = findPassage(shown, quote)
  if (passage === undefined) return undefined
  const asWritten = written.slice(passage.start, passage.end)
  const named =
    words === undefined || words === null || words.trim() === ''
      ? undefined
      : findPassage(shown.slice(passage.start, passage.end), words)
  if (named === undefined && (words ?? '').trim() !== '') return undefined
  return {
    criterionId,
    documentId,
    quote: asWritten,
    stance,
    ...(typeof conceptId === 'string' ? { conceptId } : {}),
    ...(named === undefined ? {} : { words: asWritten.slice(named.start, named.end) }),
    ...claimOf(claim),
  }
}

/** Without the properties that the model set to null. */
function claimOf(claim: Proposed['claim']): Pick<EvidenceProposal, 'claim'> {
  const given = Object.entries(claim ?? {}).filter(([, value]) => value !== null)
  return given.length === 0 ? {} : { claim: Object.fromEntries(given) }
}

/** Models without structured output often put their JSON into a code fence. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.replaceAll(/^\s*```(?:json)?|```\s*$/g, ''))
  } catch {
    return undefined
  }
}
