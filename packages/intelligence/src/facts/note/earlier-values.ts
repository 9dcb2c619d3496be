import type { Token } from '../values/tokens.ts'

export const linking =
  /^(?:score|scores|scored|index|level|levels|value|rating|ratings|rated|reading|readings|is|are|was|were|of|at|now|today|calculated|measured|estimated|approximately|approx|about|around|currently|current|remains|remained|totals?|total|equals?|the|a|an|his|her|their|be|to|be|found|noted|reported|reports|as|shows|showed|showing|with|by|on|from|improved|increased|decreased|worsened|dropped|declined|rose|fell|went|down|up|has|had|been|average|averaging|avg|mean|worst|best|scale|questionnaire|baseline|initial|initially|previously|prior|previous|post|pre|last|repeat|this|visit|result|results|came|back|documented|recorded|[-=:~,()|–>→<≥≤]|q|in|for|overall|only|just|still|stable|stage|grade|class|category|type|max|lowest|nadir|dipped|desaturated|drops?|high|low|mid|upper|lower|thirties|forties|fifties|sixties|seventies|eighties|nineties|severe|moderate|mild|range|elevated|markedly|completed|administered|obtained|eval|evaluation|intake|soc|gone|moved|climbed|advanced|risen|reduced|lowered|gained)$/

export const goal =
  /^(?:goal|goals|target|targets|targeting|normal|nl|reference|ref|threshold|cutoff|cut|required|requires|require|must|should|until|if|unless|ideal|expected|minimum|criteria|criterion|aim|aiming|desired|want|wants|wean|maintain|keep|titrate|mcid|norm|norms|requirement|when|goal's|need|needs)$/

export const earlier =
  /^(?:from|previously|prior|previous|baseline|initial|initially|was|pre|before|formerly|admission|vs|versus|originally|eval|evaluation|intake|soc)$/

export const later = /^(?:now|today|currently|current|post|to|this|latest|is)$/

export const changed =
  /^(?:improved|increased|decreased|worsened|dropped|declined|rose|fell|went|progressed|changed|improving|dropping|declining|increasing|decreasing|gone|moved|climbed|advanced|risen|reduced|lowered)$/

export const defining =
  /\b(?:means?|is (?:mild|moderate|severe|high|low|normal|abnormal)|are (?:mild|moderate|severe)|defined as|definition|considered|indicates?|(?<!\bnot )qualif(?:y|ies)|threshold|cut-?off|classified|constitutes?|requires?|required|coverage|covers?|medicare|insurer|insurance|criteria are|criterion is)\b/i

/** "38 at start, now 46": a word for then or now directly before a number. */
export function isCompared(tokens: readonly Token[], at: number): boolean {
  const before = tokens[at - 1]?.text ?? ''
  return later.test(before) && !/^(?:is|to|this|post)$/.test(before)
}

/** "38 at start", "84% on arrival", "88% first try": an earlier value in the same note. */
export function isEarlierBehind(tokens: readonly Token[], index: number): boolean {
  const at = tokens[index]?.text === '(' ? index + 1 : index
  const [one = '', two = ''] = [tokens[at]?.text, tokens[at + 1]?.text]
  return (
    (/^(?:at|on|upon)$/.test(one) &&
      /^(?:start|eval|evaluation|intake|arrival|admission|baseline|presentation|onset|discharge'?s?)$/.test(
        two,
      ) &&
      two !== 'discharge') ||
    (/^(?:initially|previously|originally)$/.test(one) && tokens[at + 1]?.kind !== 'number')
  )
}

/** "On arrival SpO2 84%", "initially 84%", "first try 88%": before the measure or the number, in its clause. */
export function isEarlierBefore(tokens: readonly Token[], index: number): boolean {
  for (let at = index - 1; at >= 0 && at >= index - 16; at -= 1) {
    const text = tokens[at]?.text ?? ''
    if (
      /^(?:[;.]|now|today|currently|discharge|then|later|repeat|repeated|recheck|rechecked)$/.test(
        text,
      )
    )
      return false
    if (
      /^(?:arrival|admission|presentation|intake|initially|originally|ems|paramedics)$/.test(text)
    )
      return true
    if (/^(?:er|ed)$/.test(text) && tokens[at - 1]?.text === 'the') return true
    if (text === 'first' && /^(?:try|attempt|reading|check)$/.test(tokens[at + 1]?.text ?? ''))
      return true
  }
  return false
}

/** "89% (05/18 visit: 91%)", "89% (was 91%)": in brackets with a word for another time. */
export function isEarlierInBrackets(tokens: readonly Token[], index: number): boolean {
  let isOfOther = false
  for (let at = index - 1; at >= 0 && at >= index - 12; at -= 1) {
    const text = tokens[at]?.text ?? ''
    if (text === ')' || text === ';') return false
    if (text === '(') return isOfOther
    if (/^(?:visit|was|last|prior|previous|previously|before|earlier)$/.test(text)) isOfOther = true
  }
  return false
}
