import type { TimeExpression } from '../values/time-expression.ts'
import type { Token } from '../values/tokens.ts'

/**
 * Words that mark a length of time as required, ordered or future. `soft` words are overruled by "after",
 * "despite" and verbs of doing; `hard` words are overruled only by a verb of doing.
 */
const soft =
  /^(?:order|ordered|orders|ordering|prescribe|prescribed|prescribes|recommend|recommended|recommends|recommending|refer|referred|referral|authorize|authorized|approved|request|requested|script|rx)$/
const hard =
  /^(?:require|required|requires|requiring|requirement|requirements|need|needs|needed|must|should|until|unless|if|will|would|want|wants|wanted|plan|plans|planned|planning|schedule|scheduled|goal|pending|before|consider|recheck|reassess|return|follow|f|rtc|eligible|covers|cover|criteria|await|awaiting|supposed|expected|propose|proposed|anticipate|advise|advised|instructed|encouraged|trial's|minimum)$/
const doing =
  /^(?:completed|complete|completing|did|done|attended|attends|attending|finished|underwent|tried|went|took|taken|takes|taking|received|used|participated|performed|tolerated|failed|lasted|compliant|undergone|gone|trialed|been|continued|stopped|despite|exhausted|started|began)$/
const notDoing =
  /^(?:not|n't|never|unable|cannot|can't|won't|didn't|hasn't|haven't|doesn't|wasn't|yet|to|will|must|should|until|can|could|may|would|before|without|refused|declined)$/
const breaks = /^(?:[;.?!]|but|however|though|although)$/
const askedBehind =
  /^(?:required|ordered|prescribed|recommended|needed|planned|scheduled|authorized|approved|requested|pending|mandated|necessary|advised|suggested)$/

/** For each token, whether a length of time that begins there was required or done. */
function governed(tokens: readonly Token[]): readonly ('asked' | 'done' | 'open')[] {
  let state: 'soft' | 'hard' | 'done' | 'open' = 'open'
  return tokens.map((token, index) => {
    state = nextState(state, tokens, index, token.text)
    return state === 'soft' || state === 'hard' ? 'asked' : state
  })
}

function nextState(
  state: 'soft' | 'hard' | 'done' | 'open',
  tokens: readonly Token[],
  index: number,
  text: string,
): 'soft' | 'hard' | 'done' | 'open' {
  if (breaks.test(text)) return 'open'
  const before = tokens[index - 1]?.text ?? ''
  if (text === 'after' || text === 'following') return state === 'soft' ? 'done' : state
  if (doing.test(text)) return doingState(state, tokens, index, text)
  // "as ordered", "the prescribed 6 weeks" do not say whether it was done.
  const isAside =
    before === 'as' ||
    (state === 'done' && /^(?:the|a|his|her|their|of|full|all|and|pt|therapy)$/.test(before))
  if (isAside) return state
  if (hard.test(text)) return text === 'f' && tokens[index + 1]?.text !== '/' ? state : 'hard'
  return soft.test(text) && state !== 'hard' ? 'soft' : state
}

function doingState(
  state: 'soft' | 'hard' | 'done' | 'open',
  tokens: readonly Token[],
  index: number,
  text: string,
): 'soft' | 'hard' | 'done' | 'open' {
  const near = [1, 2, 3].map((step) => tokens[index - step]?.text ?? '')
  const stop = near.findIndex((one) => /^[,;.]$/.test(one))
  const words = stop === -1 ? near : near.slice(0, stop)
  // "failed to complete", "has not completed", "to complete"
  if (words.some((one) => notDoing.test(one) || one.endsWith("n't")))
    return text === 'been' || (text === 'done' && words.includes('been')) ? state : 'hard'
  if (
    state === 'hard' &&
    /^(?:been|done|complete|failed|used|performed|continued|started)$/.test(text)
  )
    return state
  if (text === 'complete' && state === 'open') return 'open'
  return 'done'
}

/**
 * The lengths of time and numbers of sessions that were required, prescribed or planned. None of them says what
 * was done.
 */
export function requiredTimes(
  tokens: readonly Token[],
  times: readonly TimeExpression[],
): ReadonlySet<TimeExpression> {
  const states = times.length === 0 ? [] : governed(tokens)
  return new Set(
    times.filter((time) => {
      if (time.kind !== 'duration' && time.kind !== 'sessions' && time.kind !== 'period')
        return false
      const state = states[time.first] ?? 'open'
      return state === 'asked' || (state === 'open' && isAskedBehind(tokens, time.next))
    }),
  )
}

/** "6 weeks of therapy are required", "8 weeks ordered". */
function isAskedBehind(tokens: readonly Token[], from: number): boolean {
  for (let at = from; at < from + 9; at += 1) {
    const text = tokens[at]?.text
    if (
      text === undefined ||
      breaks.test(text) ||
      text === ',' ||
      (doing.test(text) && text !== 'been')
    )
      return false
    if (askedBehind.test(text)) return tokens[at - 1]?.text !== 'as'
  }
  return false
}
