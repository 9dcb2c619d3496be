import { type AnswerValue, combine, type Condition } from '@authscript/prior-auth'
import type { Rule } from './policy.ts'
import { daysOf } from './sourced.ts'

/** The parts of a criterion's answer that rules use. */
export interface Judged {
  readonly value: AnswerValue
  /** The days of all supporting facts, `YYYY-MM-DD`, in any order. */
  readonly days: readonly string[]
  /** Whether days outside `days` count as days without an event: the lists were read completely. */
  readonly isClosed: boolean
}

export interface Judgement {
  readonly answers: ReadonlyMap<string, Judged>
  /** The day of the encounter. */
  readonly asOf: string
}

/** A rule about one criterion. */
export type Leaf = Exclude<
  Rule,
  { all: unknown } | { any: unknown } | { of: unknown } | { unless: unknown }
>

const dayMs = 86_400_000

/**
 * Combines answers in Kleene's three-valued logic: `unclear` stays `unclear` unless the others settle it.
 *
 * @throws {RangeError} when a rule names a criterion that has no answer
 */
export function evaluateRule(rule: Rule, judgement: Judgement): AnswerValue {
  if ('unless' in rule) return opposite(evaluateRule(rule.unless, judgement))
  if ('all' in rule) return atLeast(rule.all.length, rule.all, judgement)
  if ('any' in rule) return atLeast(1, rule.any, judgement)
  if ('of' in rule) return atLeast(rule.atLeast, rule.of, judgement)
  return evaluateLeaf(rule, judgement)
}

export function evaluateLeaf(leaf: Leaf, judgement: Judgement): AnswerValue {
  const id = criterionOf(leaf)
  const judged = judgement.answers.get(id)
  if (judged === undefined) throw new RangeError(`no criterion ${id}`)
  if ('countOf' in leaf) return evaluateCount(leaf, judged, judgement.asOf)
  if (!('within' in leaf) || judged.value === 'not_met') return judged.value
  const recent = judged.days.filter((day) => isWithin(day, judgement.asOf, daysOf(leaf.within)))
  if (recent.length > 0) return judged.value
  return judged.isClosed && judged.value === 'met' ? 'not_met' : 'unclear'
}

function evaluateCount(
  leaf: Extract<Leaf, { countOf: string }>,
  judged: Judged,
  asOf: string,
): AnswerValue {
  const window = daysOf(leaf.within)
  const count = new Set(judged.days.filter((day) => isWithin(day, asOf, window))).size
  const isEnough = leaf.atLeast === undefined || count >= leaf.atLeast.value
  const isFew = leaf.atMost === undefined || count <= leaf.atMost.value
  // Days that were counted remain, whatever else is found; days that were not counted are certain only if
  // everything was read.
  if (!isFew) return 'not_met'
  if (isEnough && leaf.atMost === undefined) return 'met'
  if (!judged.isClosed) return 'unclear'
  return isEnough ? 'met' : 'not_met'
}

function isWithin(day: string, asOf: string, days: number): boolean {
  const age = (Date.parse(asOf) - Date.parse(day)) / dayMs
  return age <= days && age >= -1
}

function atLeast(wanted: number, rules: readonly Rule[], judgement: Judgement): AnswerValue {
  return combine(
    rules.map((rule) => evaluateRule(rule, judgement)),
    wanted,
  )
}

export function opposite(value: AnswerValue): AnswerValue {
  if (value === 'unclear') return 'unclear'
  return value === 'met' ? 'not_met' : 'met'
}

export function criterionOf(leaf: Leaf): string {
  return 'countOf' in leaf ? leaf.countOf : leaf.criterion
}

/** The leaves of a rule, in order. */
export function leavesOf(rule: Rule): readonly Leaf[] {
  if ('unless' in rule) return leavesOf(rule.unless)
  if ('all' in rule) return rule.all.flatMap(leavesOf)
  if ('any' in rule) return rule.any.flatMap(leavesOf)
  if ('of' in rule) return rule.of.flatMap(leavesOf)
  return [rule]
}

/** The criteria that a rule names, each once, in order. */
export function criteriaOf(rule: Rule): readonly string[] {
  return [...new Set(leavesOf(rule).map(criterionOf))]
}

/**
 * A rule as a number of parts that must hold, with `unless` moved to the leaves by De Morgan's laws: the form
 * that solvers and scores use.
 */
export type Wanted =
  | { readonly leaf: Leaf; readonly isWanted: boolean }
  | { readonly atLeast: number; readonly of: readonly Wanted[] }

export function toWanted(rule: Rule, isWanted = true): Wanted {
  if ('unless' in rule) return toWanted(rule.unless, !isWanted)
  const [inner, count] =
    'all' in rule
      ? [rule.all, rule.all.length]
      : 'any' in rule
        ? [rule.any, 1]
        : 'of' in rule
          ? [rule.of, rule.atLeast]
          : [undefined, 0]
  if (inner === undefined) return { leaf: rule as Leaf, isWanted }
  return {
    atLeast: isWanted ? count : inner.length - count + 1,
    of: inner.map((one) => toWanted(one, isWanted)),
  }
}

/** What a person's answer says beside a rule: a yes names no day, a no rules out every day. */
const peoplesAnswers = {
  met: { value: 'met', days: [], isClosed: false },
  not_met: { value: 'not_met', days: [], isClosed: true },
} as const satisfies Partial<Record<AnswerValue, Judged>>

/** The rule with its questions as they were answered, to conclude again when a person changes an answer. */
export function toCondition(rule: Rule, judgement: Judgement): Condition {
  const convert = (wanted: Wanted): Condition => {
    if (!('leaf' in wanted)) return { atLeast: wanted.atLeast, of: wanted.of.map(convert) }
    const { leaf, isWanted } = wanted
    const criterionId = criterionOf(leaf)
    const resultWith = (answers: Judgement['answers']) => {
      const value = evaluateLeaf(leaf, { answers, asOf: judgement.asOf })
      return isWanted ? value : opposite(value)
    }
    return {
      criterionId,
      isWanted,
      result: resultWith(judgement.answers),
      resultIf: {
        met: resultWith(new Map([[criterionId, peoplesAnswers.met]])),
        not_met: resultWith(new Map([[criterionId, peoplesAnswers.not_met]])),
      },
    }
  }
  return convert(toWanted(rule))
}
