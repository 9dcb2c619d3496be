/** Words that several policies ask for. A term here has to be right for each of them: what only one means stands in its own file. */

const activities =
  '(?:walk(?:s|ing)?|ambulat(?:e|ing|ion)|stairs?|steps?|climb(?:s|ing)?|ladders?|stand(?:s|ing)?|sit(?:s|ting)?|squat(?:s|ting)?|kneel(?:s|ing)?|bend(?:s|ing)?|lift(?:s|ing)?|reach(?:es|ing)?|dress(?:es|ing)?|bath(?:e|es|ing)|shower(?:s|ing)?|tub|cook(?:s|ing)?|clean(?:s|ing)?|chores?|housework|groom(?:ing)?|toilet(?:ing)?|transfer(?:s|ring)?|driv(?:e|ing)|work(?:ing)?|job|run(?:ning)?|garden(?:ing)?|shop(?:ping)?|groceries|socks|shoes|put(?:ting)? on|get(?:ting)? (?:in|out|up|off|dressed|into)|ris(?:e|ing)|carry(?:ing)?|bear(?:ing)? weight|weight[- ]bear(?:ing)?|balance|grip|adls?|iadls?|activities of daily living|daily (?:activities|life|tasks)|self[- ]care|turn in bed|roll(?:ing)? over)'

/** Ways to say that somebody cannot do, or hardly does, what people do. "Cannot" belongs to the term, so that it is not read as a denial. */
export const functionalLimits: readonly string[] = [
  `(?:can(?:not| not|'t|’t)|unable to|not able to|could(?: not|n't|n’t)|no longer (?:able to )?|inability to)(?:[ /][\\w/'’-]+){0,4}? ${activities}`,
  `(?:(?:has|having|had|with|reports?|significant|increasing|much|great|severe|marked|moderate|some) )*(?:difficulty|difficulties|trouble|hard time)(?: with| in)?(?:[ ,/]+[\\w/'’-]+){0,5}? ${activities}`,
  `(?:struggles?|struggling) (?:to|with)(?: [\\w/'’-]+){0,4}? ${activities}`,
  `(?:needs?|requires?|requiring|needing) (?:some |min(?:imal)? |mod(?:erate)? |max(?:imal)? )?(?:help|assist(?:ance)?)(?: with| to| for| in)?(?: [\\w/'’-]+){0,4}? ${activities}`,
  `(?:limit(?:s|ed|ing)?|interfer(?:es|ing)|affect(?:s|ing)|impair(?:s|ed|ing)|restrict(?:s|ed|ing)?|prevent(?:s|ing))(?: in| with)?(?: (?:his|her|their|my|the|all|most|basic))*(?: ability to)?(?: [\\w/'’-]+){0,2}? ${activities}`,
  `${activities}(?: tolerance)?(?: is| are| was)? (?:very |severely |markedly |significantly )?(?:limited|restricted|impaired)`,
  "(?:stopped|gave up|has given up|had to (?:stop|quit|give up)|quit|avoids?|avoiding)(?: [\\w/'’-]+){0,3}? (?:walking|stairs|work(?:ing)?|gardening|golf(?:ing)?|driving|exercis(?:e|ing)|chores|sports?|running|kneeling|squatting)",
  "(?:walks?|walking|ambulates?)(?: [\\w'’-]+){0,3}? (?:only|no (?:more|further|farther) than|less than|<|at most|under|barely|hardly)(?: [\\w'’-]+){0,4}? ?(?:blocks?|feet|ft|yards?|meters?|m|minutes?|mins?|mailbox|corner|house|room|steps?)",
  '(?:walks?|walking|stands?|standing|sits?|sitting)(?: tolerance)?(?: is| of| limited to| tolerance)* ?(?:<|less than|under|about|only|~)? ?(?:\\d+|one|two|half a|a) ?(?:-\\d+ )?(?:blocks?|minutes?|mins?)(?: (?:max|at most|before|only))?(?: [\\w]+)? ?(?:due to|because of|before|with|secondary to|w/)? ?(?:pain|a cane|cane|rest(?:ing)?)',
  '(?:uses?|using|relies on|walks? with|ambulat(?:es|ing) with|needs|w/)(?: an?| his| her)? (?:single[- ]point |quad )?(?:cane|walker|rollator|crutch(?:es)?|wheelchair)',
  '(?:has )?(?:fallen|fell|falls)(?: [\\w]+){0,2}? (?:twice|once|three times|\\d times|\\d x|x ?\\d|since|in the (?:past|last))',
  'antalgic gait',
  'functional(?:ly)? (?:limit(?:ed|ations?)|impair(?:ed|ment)|decline|deficits?)',
]

export const functionalFreedom: readonly string[] = [
  '(?:independent|independently)(?: (?:with|in|for))?(?: [\\w]+){0,2}? (?:adls?|iadls?|activities|self[- ]care)',
  `(?:${activities})(?: [\\w]+){0,2}? (?:is|are) (?:not|un)[ -]?(?:limited|restricted|impaired)`,
  `${activities} (?:not|un)[ -]?limited`,
  '(?:no|without)(?: any| significant)? functional (?:limit(?:ations?)?|impairments?|deficits?)',
  'walks? (?:(?:\\w+ )?miles|unlimited|without (?:limitation|difficulty))',
  'performs? all (?:adls?|activities)',
]
