import { textOf } from '../../document/note-document.ts'
import type { FunctionFact } from '../fact.ts'
import { limitAnswered, limitIn } from './limits.ts'
import { placed, type FactCandidate, sourceOf, type UnitScope } from './unit-scope.ts'

/** What the patient can or cannot do, from the wording of its clause. */
export function functionOf(scope: UnitScope, candidate: FactCandidate): FunctionFact {
  const { mention, place } = candidate
  const { text, unit } = scope.parsed
  const at = mention.start - unit.start
  const before =
    text
      .slice(Math.max(0, at - 80), Math.max(0, at))
      .split(/[;,]|\bbut\b/)
      .at(-1) ?? ''
  const behind =
    text
      .slice(Math.max(0, mention.end - unit.start), Math.max(0, mention.end - unit.start) + 60)
      .split(/[;,]|\bbut\b/)[0] ?? ''
  const words = `${before} ${scope.document.source.slice(mention.start, mention.end)} ${behind}`
  const assertion = isAbout(words, candidate.assertion)
    ? { ...candidate.assertion, status: 'affirmed' as const }
    : candidate.assertion
  const own = limitOf(scope, mention, assertion, words)
  const isPainDenied = own === 'not_stated' && isTroubleDenied(scope, mention, assertion)
  const limit = isPainDenied ? 'limited' : own
  return {
    kind: 'function',
    conceptId: mention.conceptId,
    assertion: isPainDenied ? { ...assertion, status: 'denied' } : assertion,
    ...placed(place),
    limit: limit === 'not_stated' ? limitByLead(scope, assertion) : limit,
    from: sourceOf(scope, mention, place.spans),
  }
}

/** "Walks maybe ten minutes": the amount is uncertain, but the limit is not. */
function isAbout(words: string, { status }: FactCandidate['assertion']): boolean {
  return status === 'possible' && aboutSoMuch.test(words)
}

const aboutSoMuch =
  /\b(?:maybe|perhaps|possibly|probably) (?:about |around |only )?(?:\d{1,4}|an?|one|two|three|half|five|ten|fifteen|twenty)\b/i

function limitOf(
  scope: UnitScope,
  mention: FactCandidate['mention'],
  assertion: FactCandidate['assertion'],
  words: string,
): FunctionFact['limit'] {
  const { text, unit } = scope.parsed
  const behind = text.slice(Math.max(0, mention.end - unit.start))
  const answer =
    assertion.status === 'affirmed' ? limitAnswered(behind.slice(0, 120)) : 'not_stated'
  if (answer !== 'not_stated') return answer
  const own = limitIn(words, assertion)
  // "Works, drives, sleeps without trouble": the statement at the end applies to the whole list.
  const shared = assertion.status === 'affirmed' ? endOfList(scope, mention) : undefined
  if (shared === undefined || own === 'limited') return own
  return limitIn(shared, assertion) === 'not_stated' ? own : limitIn(shared, assertion)
}

/** Up to three words between two commas are a list item; the end of the list may say more. */
const item = /^\s*(?:[a-z'’/-]{1,20}\s*){1,3}$/i

/** The last item of the list that contains the mention, if it is a list of activities. */
function endOfList(
  { parsed: { text, unit, mentions }, lexicon }: UnitScope,
  mention: FactCandidate['mention'],
): string | undefined {
  const at = mention.end - unit.start
  if (at < 0) return undefined
  const [rest = '', ...items] = text.slice(at, at + 160).split(',')
  if (items.length === 0 || /[;.]|\bbut\b/.test(rest) || (rest.trim() !== '' && !item.test(rest)))
    return undefined
  let from = mention.end + rest.length + 1
  for (const one of items) {
    const to = from + one.length
    const hasActivity = mentions.some(
      ({ conceptId, start, end }) =>
        start >= from && end <= to && lexicon.get(conceptId)?.kind === 'function',
    )
    if (!hasActivity) return undefined
    if (!item.test(one)) return one.split(/;|\bbut\b/)[0]
    from = to + 1
  }
  return undefined
}

const ofTrouble =
  /^\s*(?:any |having |having any )?(?:pain|trouble|difficult(?:y|ies)|problems?|issues?|limits?|limitations?|discomfort)\b/i

const maxTroubleDistance = 160
const denial = /^(?:denie[sd]|denying|no|without|w\/o|not)\b/i

/** "Denies pain with walking, stairs or at work": the pain is denied for the whole list. */
function isTroubleDenied(
  { parsed: { unit, text } }: UnitScope,
  { start }: FactCandidate['mention'],
  { status, cues }: FactCandidate['assertion'],
): boolean {
  if ((status !== 'denied' && status !== 'unsettled') || unit.polarity !== undefined) return false
  const cue = cues.findLast((one) => one.start >= unit.start && one.end <= start)
  if (cue === undefined || !denial.test(text.slice(cue.start - unit.start, cue.end - unit.start)))
    return false
  if (start - cue.end > maxTroubleDistance) return false
  const said = text.slice(cue.end - unit.start, start - unit.start)
  return ofTrouble.test(said) && !/[.;]|\bbut\b/.test(said)
}

const troubleLead =
  /\b(?:limit(?:s|ed|ation|ations)?|trouble|difficult(?:y|ies)?|cannot|can't|unable|problems? with|needs help|hard|daily life|interferes)\b/i

/** "Trouble with:" over "[x] stairs". */
function limitByLead(
  { document, parsed: { unit } }: UnitScope,
  assertion: FactCandidate['assertion'],
) {
  const isAnswered = unit.kind === 'pair' && unit.polarity !== undefined
  const isList = isAnswered || unit.kind === 'option' || unit.kind === 'item' || unit.kind === 'row'
  const isLed = unit.leads.some((lead) => troubleLead.test(textOf(document, lead)))
  if (!isList || !isLed || assertion.phase === 'planned') return 'not_stated'
  // The limit is denied here.
  return assertion.status === 'affirmed' || assertion.status === 'denied' ? 'limited' : 'not_stated'
}
