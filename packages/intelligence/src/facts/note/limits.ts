import type { Assertion } from '../../modifiers/assertion.ts'
import type { FunctionFact } from '../fact.ts'

const trouble =
  '(?:difficult(?:y|ies)?|trouble|problems?|limit(?:ation|ations|ed|s)?|restrict(?:ion|ions|ed|s)?|impair(?:ed|ment)?|help|assistance|assist)'
const aid = '(?:cane|walker|wheelchair|crutches|rail|railing|aid|device)'

/** Words that say that there is no limit. Gaps are bounded, so that a match is linear in the text. */
const free = new RegExp(
  [
    `(?:\\b(?:no|without|denies(?: any)?|not|free of)|\\bw\\/o)(?: [a-z]{1,20}){0,2}? ${trouble}\\b`,
    `(?<!\\b(?:unable|cannot|can not|can't|not able|couldn't|could not)\\b[^.;]{0,40})(?:\\bwithout|\\bw\\/o) (?:the |a |an |any )?(?:${aid}|stopping|rest)\\b`,
    '\\b(?:independent(?:ly)?|unlimited|unrestricted|with ease|easily|normal(?:ly)?|intact|sleeps through|as usual|full duty)\\b',
    "(?<!\\b(?:not|as|n't) )\\b(?:fine|well|ok|okay)\\b",
  ].join('|'),
  'gi',
)
const limited = new RegExp(
  `\\b(?:unable|cannot|can ?not|can't|can no longer|no longer|not able|couldn't|could not|doesn't|does not|hardly|barely|struggl(?:es|ed|ing)|dependent|only|less than|${aid}|(?:must|has to|needs to) (?:rest|stop|sit)|(?:not|no) more than|under (?:\\d{1,4}|one|two|a|half)|at most|one step at a time|holding (?:on|the)|needs?|requires?|interfer(?:es|ing|e)|prevent(?:s|ed|ing)?|avoids?|stopped|gave up|hard|poorly|badly|broken|disturbed|slowly|${trouble})\\b`,
  'i',
)
const able =
  /\b(?:able to|can|walks|climbs|takes|tolerates|ambulates|performs|puts on|drives|lifts|sleeps|works|runs|plays)\b/i

/**
 * Whether the clause says that the patient cannot do it, or only with trouble. A denied trouble is none: "no difficulty walking". `clause` is the text
 * around the mention; where nothing of it is said, or both, it stays unsaid.
 */
export function limitIn(clause: string, { status }: Assertion): FunctionFact['limit'] {
  const text = clause.replaceAll('’', "'")
  if (status === 'hypothetical' || status === 'unsettled' || status === 'possible') return 'unsaid'
  if (/\b(?:not|isn't|never)(?: [a-z]{1,20})? independent/i.test(text)) return 'limited'
  const rest = text.replaceAll(free, ' ; ')
  const isFree = rest !== text
  const isLimited = limited.test(rest)
  if (isLimited) return isFree ? 'unsaid' : 'limited'
  return isFree || (able.test(text) && status === 'affirmed') ? 'unlimited' : 'unsaid'
}
