import { type Span, textOf } from '../../document/note-document.ts'
import type { Mention } from '../../lexicon/mention.ts'
import type { Assertion } from '../../modifiers/assertion.ts'
import type { Days, Study } from '../fact.ts'
import { oneDay } from '../values/calendar.ts'
import type { TimeExpression } from '../values/time-expression.ts'
import { dateAt } from '../values/dates.ts'
import { tokensOf } from '../values/tokens.ts'
import { withPast } from './act-assertion.ts'
import { deniedDays } from './denied-days.ts'
import { isAdjacent } from './follow-up.ts'
import { isCarriedOut } from './therapy-course.ts'
import type { ParsedUnit } from './parsed-unit.ts'
import { firstFrom } from './spans-in-order.ts'
import { placed, type FactCandidate, sourceOf, timesOf, type UnitScope } from './unit-scope.ts'

/** A study, with its day and whether the note states its result. `findings` are those of the unit. */
export function studyOf(
  scope: UnitScope,
  { target, mention, assertion: said, place }: FactCandidate,
  findings: readonly Mention[],
  next: ParsedUnit | undefined,
): Study {
  const own = timesOf(scope, target)
  const another = anotherOf(scope, said, own, next)
  const times = another === undefined ? own : another.times
  const reported = own.length === 0 ? dayOfReport(scope, next) : undefined
  const assertion =
    reported !== undefined && said.status !== 'denied'
      ? ({ ...said, status: 'affirmed', phase: 'done', when: 'past' } as const)
      : another === undefined
        ? withPast(said, times, false, scope.parsed.unit, {
            noteDay: scope.noteDay,
            text: scope.parsed.text,
          })
        : ({ ...said, status: 'affirmed', phase: 'done', when: 'past' } as const)
  const dated =
    times.find((one) => one.kind === 'day') ?? times.find((one) => one.kind === 'period')
  const { section } = scope.parsed.unit
  const isDenied = assertion.status === 'denied' || assertion.phase === 'not_done'
  const denied = isDenied ? deniedDays(times, scope.parsed.text, scope.noteDay) : undefined
  const day = isDenied
    ? denied
    : dated?.kind === 'day'
      ? dated.days
      : dated?.kind === 'period'
        ? dated.from
        : section.day === undefined
          ? reported
          : oneDay(section.day)
  return {
    kind: 'study',
    conceptId: mention.conceptId,
    assertion:
      day === undefined && (isOfEarlier(scope, mention) || isUnderEarlier(scope))
        ? past(assertion)
        : assertion,
    ...placed(place),
    ...(day === undefined ? {} : { day }),
    hasResult: isCarriedOut(assertion) && hasResult(scope, mention, findings),
    from: sourceOf(
      scope,
      mention,
      [...times, ...place.spans, ...(another === undefined ? [] : [another.words])],
      another?.quoteEnd,
    ),
  }
}

const hadOne =
  /\b(?:had|has had|got|underwent|received) (?:one|the same|that already)\b|\b(?:last|latest|previous|prior|old) one\b|\bone (?:was |had been )?(?:done|performed|obtained|made)\b/i
/** Words before it that mean that the patient had none. */
const negated =
  /\b(?:no|not|never|none|without|if|whether|should|will|mother|father|sister|brother|son|daughter|wife|husband|spouse|partner|friend|neighbou?r|cousin|aunt|uncle|mom|dad|co-?worker|everyone|someone|others?)\b|n['’]t\b/i

/** "The surgeon asks for an echo. Pt had one 9/2023.": the next sentence reports one that was done. */
function anotherOf(
  { parsed, document }: UnitScope,
  { phase, status, subject }: Assertion,
  own: readonly TimeExpression[],
  next: ParsedUnit | undefined,
):
  | { readonly times: readonly TimeExpression[]; readonly words: Span; readonly quoteEnd: number }
  | undefined {
  const isOpen = phase === 'planned' || (phase === 'not_stated' && own.length === 0)
  if (!isOpen || next === undefined || status === 'denied' || subject === 'other') return undefined
  if (!isAdjacent(parsed, next, document.source)) return undefined
  if (next.targets.some((one) => one.kind === 'study' || one.kind === 'therapy')) return undefined
  const found = hadOne.exec(next.text)
  if (found === null || negated.test(next.text.slice(0, found.index + found[0].length)))
    return undefined
  const start = next.unit.start + found.index
  return {
    times: next.times.filter((one) => one.kind === 'day' || one.kind === 'period'),
    words: { start, end: start + found[0].length },
    quoteEnd: next.unit.quote.end,
  }
}

const titledReport = /\breport\b/i
const plainDayField = /^date\s*[:=]\s*/i
/** A line of a few words without a verb: "TRANSTHORACIC ECHOCARDIOGRAM". */
const bareTitle =
  /^(?!.*\b(?:order|plan|schedul|request|need|pending|next|due|will|for|prior auth)\w*\b)[\p{L}\p{N} ,/()&+-]{3,70}$/iu
const dayField =
  /\b(?:date of (?:the )?(?:recording|study|exam(?:ination)?|test|procedure|service)|(?:study|exam|test|recording|procedure|service) date|date (?:performed|recorded)|recorded(?: on)?|performed(?: on)?)\s*[:=]?\s*/i

/** "SLEEP STUDY - FINAL REPORT" above "Date of recording: 2026-05-19". */
function dayOfReport(
  { parsed, noteDay }: UnitScope,
  next: ParsedUnit | undefined,
): Days | undefined {
  if (next === undefined) return undefined
  const isBare = bareTitle.test(parsed.text.trim())
  const field = dayField.exec(next.text) ?? (isBare ? plainDayField.exec(next.text) : null)
  if (field === null) return undefined
  const isTitle = field.index === 0 && isBare
  if (!isTitle && !titledReport.test(parsed.text)) return undefined
  const rest = next.text.slice(field.index + field[0].length, field.index + field[0].length + 30)
  const days = dateAt(tokensOf(rest), 0, noteDay, true)?.days
  return days === undefined || days.first > noteDay ? undefined : days
}

/** "MRI 5/2025 at Valley Open MRI": the second mention is the place where it was done. */
export function isNameOfPlace(
  { parsed: { unit, text } }: UnitScope,
  { start, end }: Span,
): boolean {
  const words = text.slice(start - unit.start, end - unit.start)
  const before = text.slice(Math.max(0, start - unit.start - 60), start - unit.start)
  return (
    /^[A-Z]/.test(words) &&
    /\b(?:at|from|by|@)(?: (?:the|an?))?(?: [A-Z][\w.&'’-]*){1,4} $/.test(before)
  )
}

/** "Last echo", "prior MRI", "told as a young man" without a day: it may be from any time. */
function isOfEarlier({ parsed: { unit, text } }: UnitScope, { start, end }: Span): boolean {
  const at = start - unit.start
  return (
    /\b(?:last|prior|previous|earlier|old|older|past|remote|first|only)(?: \S+)?[ "'“(]*$/i.test(
      text.slice(Math.max(0, at - 40), at),
    ) ||
    /\b(?:years ago|as a (?:child|teen|young)|in (?:childhood|college|pregnancy))\b/i.test(
      text.slice(end - unit.start, end - unit.start + 120),
    )
  )
}

/** The line above is "Prior imaging:". */
function isUnderEarlier({ parsed: { unit }, document }: UnitScope): boolean {
  return [...unit.leads, ...(unit.section.title === undefined ? [] : [unit.section.title])].some(
    (one) => /\b(?:prior|previous|past|earlier|old|outside)\b/i.test(textOf(document, one)),
  )
}

const past = (assertion: Assertion): Assertion =>
  assertion.when === 'now' ? { ...assertion, when: 'past' } : assertion

function hasResult(
  { parsed: { unit, text } }: UnitScope,
  { end }: Span,
  findings: readonly Mention[],
): boolean {
  if (unit.section.kind === 'results') return true
  const behind = text.slice(end - unit.start, end - unit.start + 400)
  const next = findings[firstFrom(findings, end)]
  // "Focal epilepsy - MRI epilepsy protocol", "MRI for the stenosis": in an assessment or plan, the finding is
  // the reason.
  const isReason = unit.section.kind === 'assessment' || unit.section.kind === 'plan'
  return (
    (!isReason && next !== undefined && next.start < end + 400) ||
    /\b(?:shows?|showed|showing|reveal(?:s|ed)|demonstrat(?:es|ed|ing)|impression|normal|negative|positive|unremarkable|consistent with|findings?|found|notable for|significant for|without (?!(?:any |iv |the |and with |or with )*(?:contrast|gad|dye|enhancement))|no (?:acute|evidence))\b/i.test(
      behind,
    )
  )
}
