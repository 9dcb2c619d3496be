import type { LayoutPolarity } from './note-document.ts'

type Polarity = LayoutPolarity | undefined

const phrases: Readonly<Record<'yes' | 'no' | 'unknown', string>> = {
  yes: `
    yes, y, yep, yeah, positive, pos, present, true, reports, reported, endorses, endorsed, admits, admitted,
    affirmative, +, (+), [+]`,
  no: `
    no, n, nope, none, nil, negative, neg, absent, false, never, denies, denied, deny, (-), [-], not present, not
    noted, not reported, not seen, not detected, none reported, none noted, none known, none seen, patient denies,
    pt denies, patient denied, no complaints, does not have, nothing reported, not yet, not at this time, no history`,
  unknown: `
    unknown, unk, unsure, not sure, uncertain, not assessed, not tested, not asked, not evaluated, not examined,
    not documented, not recorded, not known, not addressed, not applicable, not discussed, n/a, na,
    n.a., deferred, unable to assess, unable to obtain, unable to test, unable to answer, pending, declined to
    answer, refused to answer, did not answer, can't recall, cannot recall, doesn't know, don't know, does not
    know, indeterminate, equivocal, see hpi, see above, as above, per hpi, see below, see note, maybe,
    possible, possibly, perhaps, unclear, not clear, not settled, undetermined, not determined, not certain,
    inconclusive, cannot say, cannot tell, unsettled, ?`,
}

const polarityOfPhrase = new Map<string, LayoutPolarity>(
  (['yes', 'no', 'unknown'] as const).flatMap((polarity) =>
    phrases[polarity]
      .split(',')
      .map((phrase) => [phrase.trim().replaceAll(/\s+/g, ' '), polarity] as const),
  ),
)
const alternatives = [...polarityOfPhrase.keys()]
  .toSorted((a, b) => b.length - a.length)
  .map((phrase) => phrase.replaceAll(/[.+?()[\]]/g, String.raw`\$&`))
  .join('|')
/** The person who answers, and words after an answer that do not change it: "pt none", "none to date". */
const answerer = '(?:(?:pt|patient|she|he)\\s)?'
const filling =
  '(?: (?:ever|to date|on file|on record|known|reported|recorded|recalled|remembered|noted|elicited|apparent|found|identified|observed|detected|seen|evident|appreciated|endorsed|on (?:the )?(?:mri|ct|x-?rays?|films?|imaging|scan|radiographs?|ultrasound|exam(?:ination)?|inspection|palpation|testing|questioning|review|history)|by history|so far|thus far|done|yet|at all|whatsoever|before|today|tonight|now|right now|currently|presently|recently|lately|any ?more|(?:at|for) (?:the )?(?:present|moment)|at this (?:time|point|visit)|these days|in (?:months|years)|here|either|x ?\\d{1,2}|for all(?: three| of them)?)){0,2}'
const atStart = new RegExp(`^${answerer}(${alternatives})${filling}(?![\\w+/'’-])`, 'i')
const atEnd = new RegExp(`(?:^|[\\s:/])(${alternatives})$`, 'i')
const maxPhraseLength = 24

/** Placeholders of a template that nobody filled in: "***", "{YES/NO:***}", "@LASTHGB@", "<<enter>>". */
const unfilled = /^(?:\*{3,}|\{[^{}\n]{0,60}\*{2,}[^{}\n]{0,20}\}|_{3,})(?![\w(])/

export interface Answer {
  readonly polarity: LayoutPolarity
  /** Length of the answer's text. */
  readonly length: number
}

/** The answer at the beginning of a text. */
export function answerAtStart(text: string): Answer | undefined {
  const left = unfilled.exec(text.slice(0, 90))?.[0].length
  if (left !== undefined) return { polarity: 'unmarked', length: left }
  const match = atStart.exec(text.slice(0, 2 * maxPhraseLength))
  const words = match?.[1]
  if (match === null || words === undefined) return undefined
  const polarity = polarityOfPhrase.get(words.toLowerCase().replaceAll('’', "'"))
  return polarity === undefined ? undefined : { polarity, length: match[0].length }
}

/** The answer at the end of a text, as in "Fever Yes". */
export function answerAtEnd(text: string): Answer | undefined {
  const words = atEnd.exec(text.slice(-maxPhraseLength))?.[1]
  const polarity = words === undefined ? undefined : polarityOfPhrase.get(words.toLowerCase())
  return words === undefined || polarity === undefined
    ? undefined
    : { polarity, length: words.length }
}

/** The polarity of a text that is only an answer. */
export function polarityOf(text: string): Polarity {
  if (text.length > maxPhraseLength + 12) return undefined
  const slash = text.indexOf('/')
  if (slash > 0 && slash === text.lastIndexOf('/')) {
    // "no / no": one answer for each of two things.
    const [one, other] = [text.slice(0, slash), text.slice(slash + 1)].map((part) =>
      polarityOf(part.trim()),
    )
    if (one !== undefined && other !== undefined && text.trim().length > 3)
      return one === other ? one : 'unknown'
  }
  const answer = answerAtStart(text)
  return answer !== undefined && /^[\s.,;!)*]*$/.test(text.slice(answer.length))
    ? answer.polarity
    : undefined
}

/** An answer followed by an explanation after a comma, full stop or bracket: "Yes, since May". Not "no change". */
export function answerBefore(text: string): Answer | undefined {
  const answer = answerAtStart(text)
  return answer !== undefined &&
    /^(?:\s*(?:$|[.,;:(|–—]|-\s)|[ \u00A0]{2,}|\t|\n)/.test(text.slice(answer.length).slice(0, 40))
    ? answer
    : undefined
}

const negation =
  /\b(?:no|not|non(?!-?(?:surgical|operative|invasive|steroidal|pharmac|weight|opioid|drug|contact|displaced))|denie[sd]|deny|denying|without|w\/o|negative|neg|never|none|absent|neither|nor|nil|cannot|ruled? out|rules out|free of)\b|n['’]t\b/i
const contrast = /\b(?:but|however|except|although|though|other than|besides|apart from|unless)\b/i

export const hasNegation = (text: string): boolean => negation.test(text)
export const isMixed = (text: string): boolean => negation.test(text) || contrast.test(text)

/**
 * The polarity of an answer combined with the text that it answers. An affirmed denial ("No history of cancer
 * [x]") is left to its text, and a denied denial is not interpreted.
 */
export function settledPolarity(words: string, polarity: LayoutPolarity): Polarity {
  if (!hasNegation(words)) return polarity
  return polarity === 'yes' ? undefined : polarity === 'no' ? 'unknown' : polarity
}

const statement =
  /\b(?:has|have|had|having|is|are|was|were|been|reports?|reported|reporting|endorses?|endorsed|notes|noted|complains?|complaining|admits?|states?|stated|says|said|describes?|experiences|experienced|experiencing|presents|positive|pos|since|ago|normal|intact|unremarkable|wnl|reviewed|per|see)\b|\bc\/o\b|\d\s?(?:days?|d|weeks?|wks?|months?|mos?|years?|yrs?|hours?|hrs?)\b|(?:^|[\s,;(])\+/i

/** "-fever, -chills": at least two minus signs before what they deny. */
const minusList = /(?:^|[\s,;(])[-–−][A-Za-z][^\n]{0,60}?[\s,;][-–−][A-Za-z]/

/** Only names things and says nothing about them: "fever, chills". */
export const isBare = (text: string): boolean =>
  !hasNegation(text) && !statement.test(text) && !minusList.test(text)

const telling =
  /\b(?:he|she|they|i|we|you|it|his|her|their|my|who|which|that|patient|pt|feels?|felt|gets?|got|takes?|took|wakes?|woke|sleeps?|slept|hurts?|goes|went|gone|comes?|came|can|could|does|did|do|will|would|uses?|used|walks?|walked|lost|gained|sees?|seen|eats?|drinks?|smokes?|works?|keeps?|gives?|makes?|needs?|lasts?|started|starts?|stopped|stops?|began|begins|became|becomes|remains?|continues?|occurs?|happens?|resolved|improv\w+|worse\w*|better|when|after|while|during|because|until|daily|nightly|weekly|occasional(?:ly)?|sometimes|often|usually|every|at times|at night|on and off|baseline|unchanged|stable|chronic|mild|today|yesterday|last (?:week|month|night|year))\b/i
const maxNameLength = 160

/**
 * A list of finding names without any statement, as forms print it. A sentence with a verb, a time or a degree
 * is not such a list.
 */
export const namesOnly = (text: string): boolean =>
  text.length <= maxNameLength && isBare(text) && !telling.test(text)
