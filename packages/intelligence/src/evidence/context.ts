import type { Sentence } from './sentences.ts'

/** What a sentence says of a term in it. */
export type Stance = 'affirmed' | 'denied' | 'uncertain' | 'of_another' | 'planned'

const anothers =
  /\b(?:mother|father|parents?|sister|brother|siblings?|family history|maternal|paternal|grand\w+|aunt|uncle|cousin|son|daughter|wife|husband|spouse)\b/i
const familySections = /family (?:medical )?history/

/** What follows is denied, until the clause turns. */
const denials =
  /\b(?:denie[sd]|denying|no|not|without|never|negative for|absence of|free of|no evidence of|rules? out|ruled out|lacks?)\b/gi
const turns =
  /\b(?:but|however|except|although|though|yet|aside from|apart from|now|reports?|complains? of|endorses|admits)\b/i
/** Not about the term: "not only", "no longer", "not improving". */
const falseDenials =
  /^(?:not only|no longer|no change|not resolved|not improv\w+|no improvement|no relief|without relief|without improvement|not relieved)/i
const deniedAfter =
  /^[^.;]{0,25}\b(?:(?:is|was|were|are) (?:negative|absent|denied|not present)|(?:was|were|has been|have been) ruled out|none|unlikely)\b/i

const uncertainties =
  /\b(?:possible|possibly|probable|suspect(?:ed|s)?|suspicion (?:for|of)|concern(?:ed|ing)? (?:for|about|of)|cannot (?:rule out|exclude)|can't rule out|rule out|r\/o|may have|might have|could be|questionable|differential)\b/i

const plans =
  /\b(?:will|shall|plans?|planned|planning|recommend(?:ed|s)?|refer(?:red|ral)?|consider(?:ing)?|advis(?:e|ed)|scheduled?|to (?:begin|start|try|continue)|start(?:ing)? (?:next|today|tomorrow)|should|would|if|in case|return (?:if|for)|discussed|order(?:ed)? (?:for)?|offered|declin(?:e|es|ed)|refus(?:e|es|ed))\b/i

/**
 * How the sentence speaks of the term between `start` and `end` (offsets in the sentence): of this patient, now, and as present?
 * Our own rules in the spirit of NegEx and ConText; a general language model was wrong on "cannot rule out".
 *
 * @see Chapman et al., J Biomed Inform 2001; Harkema et al., J Biomed Inform 2009
 */
export function stanceOf(sentence: Sentence, start: number, end: number): Stance {
  const before = sentence.text.slice(0, start)
  const after = sentence.text.slice(end)
  if (familySections.test(sentence.section) || anothers.test(before)) return 'of_another'
  if (/\b(?:if|return (?:if|for)|in case|should (?:she|he|they|you))\b/i.test(before))
    return 'planned'
  if (uncertainties.test(before)) return 'uncertain'
  if (isDenied(before) || deniedAfter.test(after)) return 'denied'
  return 'affirmed'
}

function isDenied(before: string): boolean {
  let last: number | undefined
  for (const match of before.matchAll(denials)) {
    if (!falseDenials.test(before.slice(match.index))) last = match.index
  }
  if (last === undefined) return false
  const scope = before.slice(last)
  return !turns.test(scope) && scope.split(/\s+/).length <= 16
}

/** Whether the sentence speaks of what is to come, or under which condition. */
export function isPlanned(sentence: Sentence, start: number): boolean {
  return plans.test(sentence.text.slice(0, start))
}

const done =
  /\b(?:complet\w*|finish\w*|tried|trial(?:ed|led)?|fail(?:ed|ing|s|ure)|underwent|undergone|attended|participated|performed|performing|did|done|has had|have had|had|has been|have been|received|went|took|taken|taking|takes|on|s\/p|status post|after|despite|following|(?:without|no|minimal|little|some|partial|limited|inadequate|insufficient|lasting|meaningful|significant) (?:\w+ ){0,2}(?:relief|improvement|benefit|help|response)|not (?:helpful|helped|effective)|for the (?:past|last))\b/i

/** Whether the sentence speaks of something as done: in a plan, "physical therapy for 6 weeks" is not. */
export function isDone(sentence: Sentence): boolean {
  return done.test(sentence.text)
}

const notDone =
  /(?:\b(?:has|have|had|did)(?: not|n't)|\bnever|\bnot(?: yet)?)\s+(?:yet\s+)?(?:tried|attempted|had|have|done|do|completed?|started?|undergone|undergo|begun|taken|take|used?|received?|participated in)\b(?:\s+[\w-]+){0,4}\s*$|\b(?:no|denies(?: any)?|without)\s+(?:prior\s+|previous\s+|formal\s+|any\s+|trial of\s+|history of\s+)*$/i

/** Whether the words right before a term say that it was not done. "No relief from therapy" does not. */
export function isNotDone(before: string): boolean {
  return notDone.test(before)
}
