import type { Assertion } from '../../modifiers/assertion.ts'
import type { FunctionFact } from '../fact.ts'

const trouble =
  '(?:diff|diffic|difficult(?:y|ies)?|trouble|problems?|limit(?:ation|ations|ed|s)?|restrict(?:ion|ions|ed|s)?|impair(?:ed|ment)?|help|assistance|assist)'
const aid = '(?:cane|walker|wheelchair|crutches|rail|railing|aid|device)'

/** "Unable to dress without help" is not unlimited. */
const notUnable =
  "(?<!\\b(?:unable|cannot|can not|can't|not able|couldn't|could not)\\b[^.;]{0,40})"

/** Words that state that there is no limit. Gaps are bounded, so that matching is linear in the text. */
const free = new RegExp(
  [
    "\\b(?:no|nothing)(?: [a-z]{1,20}){0,4}? (?:(?:that )?(?:he|she|they|patient|pt) )(?:cannot|can not|can't|could not|couldn't)\\b",
    `\\b(?:no|denies(?: any)?|not|free of)(?: [a-z]{1,20}){0,2}? ${trouble}\\b`,
    `${notUnable}(?:\\bwithout|\\bw\\/o)(?: [a-z]{1,20}){0,2}? ${trouble}\\b`,
    `${notUnable}(?:\\bwithout|\\bw\\/o) (?:the |a |an |any )?(?:${aid}|stopping|rest)\\b`,
    '\\b(?:independent(?:ly)?|unlimited|unrestricted|with ease|easily|normal(?:ly)?|intact|sleeps through|as usual|full duty)\\b',
    "(?<!\\b(?:not|as|n't) )\\b(?:fine|well|ok|okay)\\b",
    `${notUnable}\\b(?:no|without|w\\/o)(?: any)? (?:pain|complaints?|issues?)\\b`,
  ].join('|'),
  'gi',
)
const limited = new RegExp(
  `\\b(?:unable|cannot|can ?not|can't|can no longer|no longer|not able|couldn't|could not|doesn't|does not|hardly|barely|struggl(?:es?|ed|ing)|dependent|only|less than|${aid}|(?:must|has to|needs to) (?:rest|stop|sit)|(?:not|no) more than|under (?:\\d{1,4}|one|two|a|half)|at most|one step at a time|holding (?:on|the)|needs?|requires?|interfer(?:es|ing|e)|prevent(?:s|ed|ing)?|avoids?|stopped|gave up|hard|poorly|badly|broken|disturbed|slowly|afraid|one (?:step |foot |stair )?at a time|out of the question|impossible|murder|agony|torture|an ordeal|a nightmare|a challenge|challenging|painful|hurts?|sore|(?:two|three|several|a few) tries|given up|takes (?:him|her|them) (?:forever|ages)|${trouble})\\b`,
  'i',
)
const deniedTrouble = new RegExp(
  `(?:\\b(?:no|without|denies(?: any)?|not|free of)|\\bw\\/o)(?: [a-z]{1,20}){0,2}? ${trouble}\\b`,
  'i',
)
const able =
  /\b(?:able to|can|walks|climbs|takes|tolerates|ambulates|performs|puts on|drives|lifts|sleeps|works|runs|plays|golfs|hikes|cycles|bikes|jogs|swims|gardens|took|walked|climbed)\b/i

const number = '(?:\\d{1,4}|a|an|one|two|three|four|five|ten|fifteen|twenty|thirty|half an?)'
/** A distance or duration that is short for daily life: three blocks, a quarter of an hour, some hundred yards. */
const short = new RegExp(
  `\\b(?:(?:[1-3]|an?|one|two|three|half an?)(?: city)? blocks?|(?:[1-9]|1[0-5]|a few|five|ten|fifteen)[- ](?:min|mins|minutes?)|\\d{1,3} ?(?:ft|feet|yds?|yards?)|(?:a )?(?:few|couple(?: of)?) steps|short distances?)\\b`,
  'i',
)
const onFoot = /\b(?:walk|stand|ambulat)/i
const asHabit =
  /\b(?:daily|every day|a day|per day|(?:times|x) (?:a|per) week|weekly|for exercise|treadmill|in therapy)\b/i

/** The patient's maximum, not the distance that he likes to go. */
function isShort(text: string): boolean {
  return onFoot.test(text) && short.test(text) && !asHabit.test(text)
}

/** Any other amount: whether it is far is left to a reader, except that a mile and more is. */
const amount = new RegExp(
  `\\b${number}[- ](?:blocks?|min|mins|minutes?|h|hrs?|hours?|ft|feet|yds?|yards?|m|meters?)\\b`,
  'i',
)

/** A questionnaire's answer directly after the activity. */
const answered =
  /^[\s.:_|=–—-]*(none|no|never|not at all|no (?:difficulty|problem)|severe|extreme|severely|extremely|unable|a lot|very (?:difficult|hard)|quite a bit|with difficulty)\s*(?:[.,;|]|$)/i

/** The answer of a questionnaire after the activity: "Rising from sitting ..... Severe". */
export function limitAnswered(behind: string): FunctionFact['limit'] {
  const [, answer] = answered.exec(behind) ?? []
  if (answer === undefined) return 'not_stated'
  return /^(?:no|never)/i.test(answer) ? 'unlimited' : 'limited'
}

/**
 * Whether the clause states that the patient cannot do it, or only with difficulty. A denied difficulty is no
 * limit: "no difficulty walking". `clause` is the text around the mention. If it states neither or both, the
 * limit is `not_stated`.
 */
export function limitIn(clause: string, { status }: Assertion): FunctionFact['limit'] {
  const text = clause.replaceAll('’', "'")
  if (status === 'hypothetical' || status === 'unsettled' || status === 'possible')
    return 'not_stated'
  if (/\b(?:not|isn't|never)(?: [a-z]{1,20})? independent/i.test(text)) return 'limited'
  const rest = text.replaceAll(free, ' ; ')
  const isFree = rest !== text
  const isLimited = limited.test(rest) || (status === 'affirmed' && isShort(rest))
  if (isLimited) return isFree ? 'not_stated' : 'limited'
  // "Denies difficulty with stairs": the limit is denied.
  if (isFree) return status === 'denied' && deniedTrouble.test(text) ? 'limited' : 'unlimited'
  return able.test(text) && !amount.test(text) && status === 'affirmed' ? 'unlimited' : 'not_stated'
}
