import type { Sentence } from './sentences.ts'

/**
 * How a sentence speaks of a term in it. Our own rules in the spirit of NegEx and ConText: triggers with a direction and a reach, and words that end
 * it. A general language model was wrong on "cannot rule out" (docs/decisions).
 *
 * @see Chapman et al., J Biomed Inform 2001;34:301; Harkema et al., J Biomed Inform 2009;42:839
 */
export type Stance = 'affirmed' | 'past' | 'denied' | 'uncertain' | 'of_another' | 'hypothetical'

/** A trigger reaches over at most so many words. */
const reachWords = 20

const person =
  '(?:mother|father|mom|dad|parents?|sisters?|brothers?|siblings?|grand(?:mother|father|parents?|m[ao]|pa)|aunts?|uncles?|cousins?|sons?|daughters?|child(?:ren)?|wife|husband|spouse|partner|niece|nephew|twin|relatives?|roommate|coworkers?|neighbou?r)'
/** Someone of the family who tells is not the one it is told of. */
const informs =
  "(?:'s)?(?:,? who)? (?:reports?|states?|says?|notes?|noticed?|noted|describes?|tells?|told|confirms?|adds?|present|here|is present|accompan\\w+|brought|drove|helps?|assists?|witnessed|observed|does not|lives)"
const anotherBefore = new RegExp(
  `\\bfam(?:ily)? (?:medical )?(?:hx|history)\\b|\\bfhx?\\b|\\b${person}\\b(?!${informs})`,
  'i',
)
const besides = new RegExp(
  `\\b(?:with|by|from|and|per|to|according to|lives with|accompanied by)(?: (?:his|her|their|the))? ${person}\\b`,
  'gi',
)
const anotherAfter = new RegExp(
  `^[^.;]{0,40}?\\b(?:in|of)(?: (?:his|her|their|the|a|patient's))? (?:(?:maternal|paternal|older|younger) )?${person}\\b|^[^.;]{0,20}\\bruns in the family\\b`,
  'i',
)

const hypothetical =
  /\b(?:if|unless|in case|in the event|should (?:she|he|they|you|this|these|it|symptoms)|return (?:precautions|if|for)|call (?:us |the office |back )?(?:if|for|with)|(?:watch|monitor|look|observe) (?:out )?for|warning signs?|red flags?(?: symptoms?)?(?: including| such as| discussed| reviewed)|risks?(?: of| for| include| including| and benefits)|complications?(?: include| including| such as)|potential (?:side effects|complications|for)|side effects?(?: include| including| such as)|goals?|targets?|precautions|educat(?:ed|ion)|counsel(?:l)?ed|instructed|prevent(?:ion of|ing)|to prevent|prophylaxis|screen(?:ing|ed)?(?: for)?|to avoid|seek (?:care|medical))\b/i

const uncertainBefore =
  /\b(?:possib(?:le|ly|ility of)|probabl[ey]|likely|presumed|presumably|suspect(?:ed|s|ing)?|suspicio(?:n|us)(?: for| of)?|concern(?:s|ed|ing)? (?:for|about|of|that)|worr(?:y|ied|isome) (?:about|for|of|that)|can(?:not|'t| not) (?:rule out|exclude|be sure)|rule out|rule-out|r\/o|to exclude|evaluat(?:e|ion|ing) for|assess(?:ment|ing)? for|work-?up for|(?:may|might|could|can) (?:have|be|represent|reflect|cause|lead to|result in|indicate|develop|produce)|questionable|query|equivocal(?: for)?|differential|versus|vs|unclear (?:if|whether|history)|uncertain|unsure|not (?:sure|certain)|suggest(?:s|ive|ing)?(?: of)?|appears? to)\b|\?\s*$/i
const uncertainAfter =
  /^\s*(?:\?|(?:is|are|was|were|remains?) (?:possible|suspected|questionable|likely|probable|a (?:concern|possibility|consideration)|in question|not excluded)|(?:cannot|can't|could not) be (?:excluded|ruled out)|(?:vs\.?|versus)\b|suspected\b)/i

/** What follows is denied, until the clause turns. */
const denials =
  /\b(?:denie[sd]|denying|no|not|nor|neither|none|without|w\/o|never|negative for|neg(?: for)?|absence of|absent|free of|(?:no|without) (?:evidence|signs?|symptoms?|history|complaints?) of|rule[sd] out|ruled out for|lacks?|lacking|(?:does|do|did|is|are|was|were|has|have|had|would|could|can)n't|cannot|fails? to (?:show|reveal|demonstrate)|failed to (?:show|reveal|demonstrate)|no longer)\b|\(\s*[-−]\s*\)/gi
/** Denials of something else than the term. */
const falseDenials =
  /^(?:without (?:it|this|that|them|cpap|oxygen|o2|treatment|medications?|her|his|the (?:mask|device|brace))\b|not only|not just|no (?:significant |real |appreciable |further )?(?:change|improvement|relief|benefit|response|help|longer (?:help|work|effective|provid|control|reliev))|no (?:doubt|question)|not (?:resolv|improv|reliev|help|respond|chang|control|been (?:helpful|effective|able)|able to|tolerat|getting better)\w*|without (?:any |significant |much |lasting |adequate |sufficient |substantial )*(?:relief|improvement|benefit|success|response|difficulty|help|change)|(?:did|does|do|has|have|is|was|were|are)(?: not|n't) (?:resolv|improv|reliev|help|respond|work|chang|control|provid|giv|tolerat)\w*|cannot (?:rule out|exclude|tolerate|sleep|walk|climb|stand|sit|bear|perform|afford|do|be excluded)|can't (?:rule out|exclude|tolerate|sleep|walk|climb|stand|sit|bear|perform|do)|not (?:sure|certain|clear)|no (?:known )?(?:drug )?allerg\w+)/i
const turns =
  /\b(?:but|however|except(?: for)?|although|though|yet|aside from|apart from|other than|besides|now|presents? with|reports?|complain(?:s|ed|ing)? of|endors(?:es|ed|ing)|admits?(?: to)?|describes|positive for|pos for|remarkable for|notable for|significant for|because of|due to|secondary to|despite|which|who|(?:he|she|they|pt|patient|it|there) (?:has|had|have|is|was|are|does|did|reports?|continues?|also|still|notes?|complains?)|and (?:is|was|has|had|reports?|continues?|complains?|remains?))\b|\s[-–—]\s|:/i
const deniedAfter =
  /^(?:[^.;,]{0,30}?\b(?:(?:is|was|were|are|has been|have been) (?:negative|absent|denied|not (?:present|seen|noted|identified|found|appreciated|reported|demonstrated)|ruled out|unlikely|excluded))\b|\s*(?:[:=-]|–)\s*(?:no|none|negative|neg|absent|denie[sd]|0)\b|\s*\((?:-|−|negative|neg|none|no|absent)\)|\s+(?:negative|denied|absent|not present|none|ruled out|unlikely)\b)/i
/** "No fracture, effusion present": what is said behind a term outweighs a denial in a list before it. */
const presentAfter = /^\s+(?:(?:is|are|was|were)\s+)?(?:present|positive)\b/i
const minusSign = /\(\s*[-−]\s*\)\s?$/
/** "[ ] Yes [x] No" behind a term: the ticked answer is the answer. */
const boxedAnswers =
  /^\s*[:|–-]?\s*(?:\[[ x]?\]\s*(?:yes|no|y|n|present|absent|positive|negative|denie[sd]|none)\b[\s,;|/]*)+/i
const unchecked = /(?:\[\s?\]|☐|□)\s*$/

/** So once, and not said to be so now. "History of" is not among them: a history of osteoporosis is osteoporosis. */
const pastBefore =
  /\b(?:previously|formerly|in the past|used to (?:have|get|experience|be)|at (?:that|the) time|(?:years?|months?) ago|as an? (?:child|teenager|toddler|infant|baby|kid|teen|young \w+)|before (?:the|his|her) (?:surgery|operation|procedure|injection)|prior episodes? of|had (?:been|previously|once))\b/i
const pastAfter =
  /^[^.;]{0,60}?\b(?:(?:resolved|subsided)\b|(?:but|however|which|that|this|these|it|they|and)\b[^.;]{0,20}\b(?:has|have|had|is|was|are)?\s*(?:now |since |completely |fully |already )*(?:resolved|subsided|gone away|cleared|disappeared|abated|recovered)|(?:has|have|had) (?:now |since |completely |fully )*(?:resolved|subsided|cleared|gone)|(?:years?|months?) ago|in the past|as an? (?:child|teenager|toddler|infant|baby|kid|teen|young \w+)|at that time|(?:has |had |was )?outgr(?:ew|own))\b/i

/** How the sentence speaks of the term between `start` and `end` (offsets in the sentence): of this patient, now, and as present? */
export function stanceOf(sentence: Sentence, start: number, end: number): Stance {
  const before = sentence.text.slice(0, start)
  const after = withAnswerTicked(sentence.text.slice(end))
  if (after === undefined) return 'hypothetical'
  if (sentence.section === 'family' || isOfAnother(sentence.text.slice(0, end), after))
    return 'of_another'
  const clause = clauseBefore(before)
  if (sentence.section === 'instructions' || hypothetical.test(clause) || unchecked.test(before))
    return 'hypothetical'
  if (uncertainBefore.test(clause) || uncertainAfter.test(after)) return 'uncertain'
  const isGranted = presentAfter.test(after)
  if ((isDenied(before) && !isGranted) || deniedAfter.test(after) || minusSign.test(before))
    return 'denied'
  return pastBefore.test(clause) || pastAfter.test(after) ? 'past' : 'affirmed'
}

/** What follows a term, with the ticked one of several boxes in their place; undefined where none is ticked. */
function withAnswerTicked(after: string): string | undefined {
  const [boxes] = boxedAnswers.exec(after) ?? []
  if (boxes === undefined) return after
  const ticked = [...boxes.matchAll(/\[x\]\s*(\w+)/gi)].map(([, answer = '']) => answer)
  const [answer] = ticked
  if (answer === undefined || ticked.length > 1) return undefined
  return `: ${/^n$/i.test(answer) ? 'no' : answer} ${after.slice(boxes.length)}`
}

function isOfAnother(before: string, after: string): boolean {
  return anotherBefore.test(before.replaceAll(besides, '')) || anotherAfter.test(after)
}

/** The words before a term that still speak of it: from the last turn on, within reach. */
function clauseBefore(before: string): string {
  const words = before.split(/\s+/)
  const near = words.slice(-reachWords).join(' ')
  const turn = [...near.matchAll(/;|\b(?:but|however|although|though|yet)\b|[.!?]\s/gi)].at(-1)
  return turn === undefined ? near : near.slice(turn.index + turn[0].length)
}

function isDenied(before: string): boolean {
  let last: number | undefined
  for (const match of before.matchAll(denials)) {
    if (!falseDenials.test(before.slice(match.index))) last = match.index
  }
  if (last === undefined) return false
  const scope = before.slice(last)
  // The turn is looked for behind the trigger itself: "denies" is followed by what is denied.
  const behind = scope.replace(/^\S+\s*/, '')
  return !turns.test(behind) && scope.split(/\s+/).length <= reachWords
}

const plannedBefore =
  /\b(?:will|shall|'ll|plans?(?: to| for| on)?|planned|planning|recommend(?:ed|s|ing|ation)?|refer(?:red|ral|ring)?|consider(?:ing|ation)?|advis(?:e|ed|ing)|schedul(?:e|ed|ing)|going to|to (?:begin|start|try|initiate|undergo|proceed)|start(?:ing)? (?:next|today|tomorrow|on|with|a)|start|begin(?:ning)?|initiate|should|would(?: like)?|could|may|might|wants?|wishes|hop(?:es|ing)|order(?:ed|ing)?|offer(?:ed)?|discuss(?:ed|ing)?(?: option| options)?|declin(?:e|es|ed|ing)|refus(?:e|es|ed|ing)|trial of|prescri(?:be|bing)|candidate for|await(?:ing|s)?|pending|request(?:ed|ing|s)?|awaiting|needs?|requires?|until|before (?:trying|starting)|option(?:s)? (?:of|include|including))\b/i
const plannedAfter =
  /^[^.;]{0,60}?\b(?:(?:was|were|is|are|has been|have been) (?:ordered|recommended|advised|offered|discussed|scheduled|declined|refused|planned|deferred|considered|prescribed today)|(?:starts?|begins?|starting|beginning|scheduled) (?:next|on|tomorrow|in)|next (?:week|month|visit)|to (?:start|begin)|referral (?:placed|sent|given|provided)|will be)\b/i

/** Words of something done for certain: they outweigh a plan's verbs in the same sentence ("failed a trial of PT; will refer"). */
const doneBefore =
  /\b(?:complet\w*|finish\w*|tried|trial(?:ed|led)|fail(?:ed|ing|s|ure of|ure to respond to|ure with)|underwent|undergone|has undergone|attended|participat(?:ed|ing) in|performed|did(?! not)|had|has had|have had|(?:has|have) done|has been (?:on|doing|taking|going to|in|using|attending|treated)|have been (?:on|doing|taking|going to|in)|received|went (?:to|through)|took|taken|has taken|(?:been|is|was) (?:on|taking|doing|using|treated with|managed with|in|attending)|takes|taking|uses|used|using|currently|s\/p|status post|after|despite|following|refractory to|inadequate response to|intolerant (?:of|to)|intolerance (?:of|to)|previously|prior|past|continues? (?:with|to (?:take|use|do|attend|perform|work))?|remains on|stopped|discontinued|attempted|exhausted|no (?:\w+ )?(?:relief|improvement|benefit|response) (?:from|with|to|after|despite)|(?:minimal|little|some|partial|limited|inadequate|insufficient|temporary|short-lived|only (?:mild|partial)) (?:relief|improvement|benefit|response) (?:from|with|to|after)|did not (?:respond to|improve with|get (?:any )?relief (?:from|with)|tolerate)|(?:not|n't) (?:responded|improved|helped|tolerated) (?:to|with|by)?)\b/i
const doneAfter =
  /^[^.;]{0,80}?\b(?:(?:was|were|has been|have been) (?:tried|completed|done|performed|obtained|taken|attempted|given|stopped|discontinued|not (?:helpful|effective|tolerated)|ineffective|unhelpful|unsuccessful|finished|received|used|of no)|failed|(?:did not|didn't|has not|hasn't|have not|haven't|not) (?:help|work|relieve|improve|provid|effective|giv|control|last)\w*|without (?:\w+ ){0,2}(?:relief|improvement|benefit|success|response|help)|(?:with|gave|provided|brought|offered|had) (?:\w+ ){0,2}(?:relief|improvement|benefit|response|success)|helped|completed|obtained|(?:done|taken|performed) (?:on|in|at|here|today|\d)|no better|for (?:the )?(?:past|last)|over the (?:past|last)|in the past|previously|since|last (?:year|month|fall|spring|summer|winter)|daily|twice|nightly|as needed|prn|x\s?\d)\b/i
const continued = /\bcontinu(?:e|es|ed|ing)\b/i

/** Whether what is spoken of at `start..end` was done, is to come, or neither is said. */
export function tenseOf(
  sentence: Sentence,
  start: number,
  end: number,
): 'done' | 'planned' | 'unsaid' {
  const before = clauseBefore(sentence.text.slice(0, start))
  const after = sentence.text.slice(end).split(/;|\bbut\b/i)[0] ?? ''
  // "Recommended taking" is no taking, nor is "recommended icing it and taking".
  const done = lastIndexOf(withoutAdvice(before), doneBefore)
  const planned = lastIndexOf(before, plannedBefore)
  if (plannedAfter.test(after) && !doneAfter.test(after)) return 'planned'
  if (planned >= 0 && planned > done && !doneAfterStrong.test(after)) return 'planned'
  if (done >= 0) {
    // "Continue PT" on the plan is an order, though it says that there was some.
    if (sentence.section === 'plan' && continued.test(before) && planned < 0) return 'unsaid'
    return 'done'
  }
  if (doneAfter.test(after))
    return sentence.section === 'plan' && !doneAfterStrong.test(after) ? 'unsaid' : 'done'
  return 'unsaid'
}

const plannedDoing =
  /\b(?:recommend\w*|advis\w*|suggest\w*|start\w*|begin\w*|consider\w*|encourag\w*|instruct\w*|try|by|avoid|stop|without)\s+(?:\w+\s+)?(?:taking|using|doing|trying|attending|performing|use of)\b/gi

const advice = /\b(?:recommend\w*|advis\w*|suggest\w*|encourag\w*|instruct\w*)\b/i
const doing = /\b(?:taking|using|doing|trying|attending|performing)\b/gi

function withoutAdvice(before: string): string {
  const bare = before.replaceAll(plannedDoing, 'recommend')
  const advised = bare.search(advice)
  return advised === -1 ? bare : bare.slice(0, advised) + bare.slice(advised).replaceAll(doing, '')
}

const doneAfterStrong =
  /^[^.;]{0,80}?\b(?:(?:was|were|has been|have been) (?:tried|completed|done|attempted|not (?:helpful|effective|tolerated)|ineffective|unsuccessful)|failed|(?:did not|didn't|has not|hasn't) (?:help|work|relieve|improve|provid|control)\w*|without (?:\w+ ){0,2}(?:relief|improvement|benefit|success|response)|helped|completed)\b/i

function lastIndexOf(text: string, pattern: RegExp): number {
  const all = [...text.matchAll(new RegExp(pattern.source, 'gi'))]
  return all.at(-1)?.index ?? -1
}

const soon =
  /\b(?:recommend(?:ed|s|ing)?|will (?:need|start|get|have|receive|order|obtain|begin|give|schedule|undergo)|(?:may|might) need(?: to)?|need to (?:start|order|obtain|begin)|plan(?:s|ning)? (?:to|for)|start(?:ing)? (?:her|him|them|the patient|on)|consider(?:ing)?|schedul(?:e|ed|ing)|order(?:ed|ing)?|to (?:begin|start|schedule|obtain|order))\b(?:\s+[\w/-]+){0,5}\s*$/i
/** Behind these words stands the reason for a plan, and a reason is there already: "order an MRI for foot drop". */
const reason =
  /\b(?:for|given|because|due|secondary|with|since|as|regarding|to (?:evaluate|assess|treat|address))\b/i

/** Whether what follows is only to come: "recommend a shingles vaccine" is no shingles. */
export function isToCome(before: string): boolean {
  const planned = soon.exec(before)?.[0]
  return planned !== undefined && !reason.test(planned)
}

const notDone =
  /(?:\b(?:has|have|had|did|does)(?: not|n't)|\bnever|\bnot(?: yet)?|\bhasn't|\bhaven't)\s+(?:yet\s+|previously\s+|ever\s+)?(?:tried|attempted|had|have|done|do|completed?|started?|undergone|undergo|begun|taken|take|used?|received?|participated in|attended?|been (?:on|to|in|through|given|prescribed|referred to|treated with)|gone to|try|trialed|took)\b(?:\s+[\w-]+){0,5}\s*$|\b(?:no|denies(?: any)?|without(?: any)?)\s+(?:prior\s+|previous\s+|formal\s+|any\s+|trials?\s+of\s+|history\s+of\s+|past\s+|recent\s+|use\s+of\s+)*$|\bdeclin(?:ed|es|ing)\s+(?:\w+\s+){0,2}$|\brefus(?:ed|es|ing)\s+(?:\w+\s+){0,2}$|\b(?:unable|not able) to (?:start|begin|attend|do|take|tolerate)\s+(?:\w+\s+){0,2}$/i
const notDoneAfter =
  /^\s*(?:(?:has|have|was|were)(?: not|n't)(?: yet)? (?:been )?(?:tried|attempted|started|done|completed|begun)|(?:was|were) never|never (?:tried|started|attempted)|(?:not|never) (?:yet )?(?:tried|started|attempted|done|completed)|:\s*(?:no|none|not tried|never))\b/i

/** Whether the words right round a term say that it was not done. "No relief from therapy" does not. */
export function isNotDone(before: string, after: string): boolean {
  return notDone.test(before) || notDoneAfter.test(after)
}

const failure =
  /\b(?:fail(?:ed|s|ing|ure)?|without (?:\w+ ){0,2}(?:relief|improvement|benefit|success|response|help)|no (?:\w+ ){0,2}(?:relief|improvement|benefit|response|help)|(?:minimal|little|insufficient|inadequate|limited|partial|temporary|transient|short-lived|not (?:enough|much)|poor|incomplete|suboptimal|mild|only (?:mild|partial|temporary)) (?:\w+ )?(?:relief|improvement|benefit|response|help|control)|(?:did|does|do|has|have)(?: not|n't) (?:\w+ )?(?:help|work|reliev|improv|respond|provid|control|last|been (?:helpful|effective))\w*|not (?:been )?(?:helpful|effective|working|improv\w+|reliev\w+|controlled)|ineffective|unhelpful|unsuccessful|refractory|despite|persist(?:s|ed|ent|ing)?|worsen(?:s|ed|ing)?|progress(?:ed|ive|ing)|still (?:has|with|having|in|limited|painful)|continues? to (?:have|be|experience|limit)|ongoing (?:pain|symptoms)|remains? (?:symptomatic|painful|limited|active)|intoleran(?:t|ce)|not tolerat\w*|could not tolerate|had to stop|stopped (?:due|because)|discontinued (?:due|because)|wore off|returned|recurred)\b/i
const success =
  /\b(?:(?:good|great|excellent|complete|significant|marked|substantial|full) (?:\w+ )?(?:relief|improvement|response|resolution|benefit|control)|resolved|(?:much|greatly|significantly|markedly) (?:improved|better)|pain[- ]free|symptom[- ]free|well[- ]controlled|in remission|now doing well)\b/i

/** What became of a treatment, by the words beside it. */
export function outcomeOf(text: string): 'failed' | 'helped' | 'unsaid' {
  if (
    success.test(text) &&
    !/\b(?:no|not|without|never)\b[^.]{0,20}$/i.test(text.slice(0, text.search(success)))
  )
    return 'helped'
  return failure.test(text) ? 'failed' : 'unsaid'
}
