import { type Token, tokenAt } from '../values/tokens.ts'
import type { Attached } from './bind-times.ts'

export type Outcome = 'failed' | 'helped' | 'not_tolerated'

/** The stated outcome of a treatment. `partial`: it helped in part or for a while, which settles nothing. */
export interface OutcomeCue extends Attached {
  readonly outcome: Outcome | 'partial'
}

const good =
  'relief|improvements?|improved?|benefits?|success(?:ful(?:ly)?)?|help(?:ed|ful|s)?|effects?|effective|responses?|respond(?:ed)?|better|progress|reliev(?:e|ed)|work(?:ed)?|resolution|gains?'
const gap = '(?: [a-z]{1,20}){0,3}?'

/**
 * In the order of precedence; text covered by one pattern is not read by a later one. Gaps are bounded, so that
 * matching is linear in the text.
 */
const patterns: readonly (readonly [
  outcome: OutcomeCue['outcome'] | 'none',
  direction: Attached['direction'],
  pattern: RegExp,
])[] = [
  [
    'none',
    'backward',
    /\bfail(?:ed|s|ure|ing)? to (?:attend|complete|show|start|go|follow|keep|obtain|return|schedule|finish|mention|note|report)\b/g,
  ],
  [
    'none',
    'backward',
    new RegExp(
      `\\b(?:if|unless|until|should|to|will|may|might|would|could|can|goal|hop(?:e|es|ing)|expect(?:ed)?)${gap} (?:no |not )?(?:${good}|fails?)\\b`,
      'g',
    ),
  ],
  [
    'none',
    'backward',
    /\b(?:no|without|denies|any|free of) (?:[a-z]{1,12} ){0,2}?(?:side effects?|adverse [a-z]{1,12}|intolerance|toxicity)\b|\b(?:not|never|nor|rather than) (?:for|because of|due to|from|owing to) (?:any )?(?:side effects?|adverse [a-z]{1,12}|intolerance|toxicity|tolerability)\b|\b(?:side effects?|adverse (?:reactions?|effects?|events?))\W{1,3}(?:none|no|nil|denied)\b/g,
  ],
  ['none', 'backward', /\btolerat(?:ed|ing|es) (?:it |this |them )?well\b/g],
  [
    'not_tolerated',
    'backward',
    /\b(?:not|unable to|cannot|can't|couldn't|didn't|doesn't|poorly)(?: [a-z]{1,20})? tolerat[a-z]{0,5}\b/g,
  ],
  ['not_tolerated', 'forward', /\bintoleran(?:t|ce) (?:of|to)\b/g],
  [
    'not_tolerated',
    'backward',
    /\b(?:caus(?:ed|es|ing)|gave|made)(?: [a-z]{1,20}){0,3}? (?:nausea|nauseated|sick|ill|vomit(?:ing)?|throw up|sores|ulcers|stomatitis|hair|diarrhea|dizzy|rash|hives|headaches?|transaminitis|cytopenia|pneumonitis|gastritis|side effects)\b/g,
  ],
  [
    'not_tolerated',
    'forward',
    /\b(?:wbc|white count|platelets?|counts|lfts?|alt|ast|liver (?:enzymes|tests)|transaminases|creatinine)(?: (?:count|then|had|have|has|level|levels|and|alt|ast)){0,2} (?:fell|dropped|rose|climbed|bumped|went up|shot up|doubled|tripled|elevated|up|down|low)(?: [a-z0-9./x]{1,12}){0,4}? (?:on|with|from|after|under)\b/g,
  ],
  [
    'not_tolerated',
    'backward',
    /\b(?:intoleran(?:t|ce)|intolerable|gi upset|side effects?|adverse (?:reactions?|effects?|events?)|contraindicated)\b/g,
  ],
  [
    'not_tolerated',
    'backward',
    /\b(?:stopped|discontinued|d\/c'?d?|dc'd|withdrawn|quit|held|halted|abandoned|gave up|given up|taken off|came off|had to stop|intolerant|ended)(?: [a-z0-9/.'-]{1,20}){0,4}?,? ?(?:due to|because of|because|secondary to|for|owing to|on account of|2\/2|b\/c|d\/t|after|from|with|:|-)(?: [a-z0-9/.'-]{1,20}){0,3}? ?(?:intolerable|unbearable|alt|ast|alt\/ast|ast\/alt|transaminitis|leukopenia|neutropenia|pancytopenia|thrombocytopenia|anemia|pneumonitis|diarrhoea|alopecia|toxicity|hepatotoxicity|intolerance|malaise|migraines?|wbc|platelets|infections?|shingles|nausea|sores?|stomatitis|mucositis|lfts?|liver|transaminases|enzymes|cytopenia|stools?|fatigue|headaches?|hair|rash|upset|bleed(?:ing)?|dizziness|drowsiness|sedation|swelling|reaction|hives|gastritis|ulcers?|gain|vomiting|diarrhea|edema|somnolence|bruising|palpitations|cough|angioedema)\b/g,
  ],
  [
    'partial',
    'backward',
    new RegExp(
      `\\b(?:some|partial(?:ly)?|mild(?:ly)?|slight(?:ly)?|modest(?:ly)?|a little|a bit|somewhat|moderate(?:ly)?|incomplete|brief(?:ly)?|initial(?:ly)?|short[- ]term|temporar(?:y|ily)|transient(?:ly)?|only(?: [a-z]{1,20})?)(?: [a-z]{1,20}){0,2}? (?:${good})\\b`,
      'g',
    ),
  ],
  [
    'partial',
    'backward',
    /\b(?:helped|helps|improved|relieved|effective|better|relief|benefit(?:ed)?|worked|responded)(?: [a-z]{1,20}){0,2}? (?:initially|at first|briefly|temporarily|somewhat|a little|a bit|slightly|partially|partly|minimally|transiently|for a while|only)\b/g,
  ],
  ['partial', 'backward', /[:(–-] ?\*{0,2}(?:partial|some|a little|so-so|minor)\b(?! [a-z])/g],
  ['failed', 'backward', /[:(–-] ?\*{0,2}(?:minimal|little|no help|useless)\b(?! [a-z])/g],
  [
    'failed',
    'backward',
    new RegExp(
      `\\b(?:without|no|not|never|little|minimal(?:ly)?|insufficient(?:ly)?|inadequate(?:ly)?|limited|poor|lack of|didn't|doesn't|hasn't|haven't|wasn't|weren't|isn't|failed to|nor)${gap} (?:${good}|provide[ds]?|change[ds]?)\\b`,
      'g',
    ),
  ],
  [
    'failed',
    'forward',
    /\b(?:not (?:at (?:target|goal)|(?:well |adequately )?controlled|in remission|better|improving)|uncontrolled|(?:still )?active|flar(?:es|ing)|breaking through) (?:on|with|under)\b/g,
  ],
  [
    'failed',
    'backward',
    /\b(?:did not|didn't|does not|doesn't|never|barely|hardly|scarcely) (?:really |even |ever )?(?:touch(?:ed)?|do(?:ne)? (?:anything|much|a thing)|did (?:anything|much)|ma[dk]e (?:a|any|much) (?:real )?(?:difference|dent))\b/g,
  ],
  ['failed', 'backward', /\b(?:did|does|done|doing) (?:absolutely |practically )?nothing\b/g],
  ['failed', 'backward', /\b(?:lost response|loss of response|(?:primary|secondary) failure)\b/g],
  [
    'failed',
    'forward',
    /\b(?:despite|refractory to|unresponsive to|failure of|exhausted|in spite of)\b/g,
  ],
  [
    'failed',
    'backward',
    /\b(?:ineffective|unsuccessful(?:ly)?|unhelpful|inadequate|insufficient|refractory|unresponsive|worsened|made (?:it|pain|symptoms|things|him|her|them) worse|no avail|failure)\b/g,
  ],
  ['failed', 'forward', /\bfail(?:ed|s|ing)?\b/g],
  [
    'helped',
    'backward',
    new RegExp(
      `\\b(?:${good}|resolved|relieves|improves|improving|responds|responding|helping|beneficial)\\b`,
      'g',
    ),
  ],
]

/**
 * The outcomes that a unit states, in order. `text` is the unit's text, character for character; `offset` is its
 * position.
 */
export function outcomesIn(
  text: string,
  offset: number,
  tokens: readonly Token[],
): readonly OutcomeCue[] {
  const plain = text.toLowerCase().replaceAll('’', "'")
  const covered: { start: number; end: number }[] = []
  const found: OutcomeCue[] = []
  for (const [outcome, direction, pattern] of patterns) {
    const here: { start: number; end: number }[] = []
    for (const match of plain.matchAll(pattern)) {
      const start = match.index
      const end = start + match[0].length
      here.push({ start, end })
      if (outcome === 'none' || isCovered(covered, start, end)) continue
      const first = tokenAt(tokens, start + offset)
      const next = tokenAt(tokens, end - 1 + offset) + 1
      found.push({
        outcome,
        direction: directed(direction, outcome, tokens, next),
        first,
        next,
        start: start + offset,
        end: end + offset,
      })
    }
    merge(covered, here)
  }
  return found.sort((one, other) => one.start - other.start)
}

/** "No relief with PT", "improved with therapy", "relief from the injection": applies to what follows. */
function directed(
  direction: Attached['direction'],
  outcome: OutcomeCue['outcome'],
  tokens: readonly Token[],
  next: number,
): Attached['direction'] {
  const isLed = /^(?:with|from|to|by|after|following|of)$/.test(tokens[next]?.text ?? '')
  if (outcome !== 'not_tolerated' && isLed) return 'forward'
  // "PT failed, NSAIDs helped": nothing that it could apply to follows.
  const behind = tokens[next]?.text
  const isClosed = behind === undefined || /^(?:[,;.)]|and|but|to|after)$/.test(behind)
  return direction === 'forward' && outcome === 'failed' && isClosed ? 'backward' : direction
}

function isCovered(
  spans: readonly { start: number; end: number }[],
  start: number,
  end: number,
): boolean {
  let low = 0
  let high = spans.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((spans[middle]?.end ?? 0) <= start) low = middle + 1
    else high = middle
  }
  return (spans[low]?.start ?? Number.POSITIVE_INFINITY) < end
}

function merge(
  all: { start: number; end: number }[],
  more: readonly { start: number; end: number }[],
): void {
  if (more.length === 0) return
  const sorted = [...all, ...more].sort((one, other) => one.start - other.start)
  all.length = 0
  for (const one of sorted) {
    const last = all.at(-1)
    if (last !== undefined && one.start < last.end) last.end = Math.max(last.end, one.end)
    else all.push({ ...one })
  }
}
