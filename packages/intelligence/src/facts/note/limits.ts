import type { Assertion } from '../../modifiers/assertion.ts'
import type { FunctionFact } from '../fact.ts'

const trouble =
  '(?:difficult(?:y|ies)?|trouble|problems?|limit(?:ation|ations|ed|s)?|restrict(?:ion|ions|ed|s)?|impair(?:ed|ment)?|pain(?:ful)?|help|assistance|assist)'
const free = new RegExp(
  `\\b(?:no|without|denies(?: any)?|not|free of)(?: [a-z]{1,20}){0,2}? ${trouble}\\b|\\b(?:independent(?:ly)?|unlimited|unrestricted|unlimitedly|with ease|easily|normal(?:ly)?|intact)\\b`,
  'i',
)
const limited = new RegExp(
  `\\b(?:unable|cannot|can ?not|can't|can no longer|no longer|not able|couldn't|could not|doesn't|does not|hardly|barely|struggl(?:es|ed|ing)|dependent|only|less than|with (?:a )?(?:cane|walker|wheelchair|crutches|pain)|needs?|requires?|interfer(?:es|ing|e)|prevent(?:s|ed|ing)?|avoids?|stopped|gave up|hard|${trouble})\\b`,
  'i',
)

/**
 * Whether the clause says that the patient cannot do it, or only with trouble. A denied trouble is none: "no difficulty walking". `clause` is the text
 * around the mention; where nothing of it is said, an affirmed mention stays unsaid and a denied one ("cannot walk") is limited.
 */
export function limitIn(clause: string, { status }: Assertion): FunctionFact['limit'] {
  const text = clause.replaceAll('’', "'")
  if (status === 'hypothetical' || status === 'unsettled' || status === 'possible') return 'unsaid'
  if (/\b(?:not|isn't|never)(?: [a-z]{1,20})? independent/i.test(text)) return 'limited'
  if (free.test(text)) return 'unlimited'
  if (limited.test(text)) return 'limited'
  return /\b(?:able to|can|walks|climbs|tolerates|ambulates|performs)\b/i.test(text) &&
    status === 'affirmed'
    ? 'unlimited'
    : 'unsaid'
}
