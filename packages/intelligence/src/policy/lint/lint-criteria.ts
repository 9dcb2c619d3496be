import { compileWhere } from '../../evidence/coded/coded-reader.ts'
import { isUnit } from '../../evidence/units.ts'
import type { CodedRule } from '../coded-rule.ts'
import type { NoteRule } from '../note-rule.ts'
import type { Criterion, Policy } from '../policy.ts'
import { type Bounds, daysOf } from '../sourced.ts'
import type { LintProblem } from './lint-policy.ts'

/** Criteria that nothing can satisfy, and rules that could not be run. */
export function lintCriteria(policy: Policy): readonly LintProblem[] {
  return policy.criteria.flatMap((criterion) => {
    const path = `criteria.${criterion.criterionId}`
    const rules = (criterion.coded?.length ?? 0) + (criterion.notes?.length ?? 0)
    return [
      ...(rules === 0
        ? [{ rule: 'unsatisfiable_criterion', path, message: 'asks neither codes nor notes' }]
        : []),
      ...(criterion.coded ?? []).flatMap((rule, index) =>
        lintCoded(rule, `${path}.coded.${index}`),
      ),
      ...(criterion.notes ?? []).flatMap((rule, index) => lintNote(rule, `${path}.notes.${index}`)),
      ...lintSilence(criterion, path),
    ]
  })
}

function lintSilence(criterion: Criterion, path: string): readonly LintProblem[] {
  return criterion.silence === 'not_met' && criterion.coded === undefined
    ? [
        {
          rule: 'silence_of_notes',
          path,
          message: 'a note that says nothing denies nothing: only a coded list may be silent',
        },
      ]
    : []
}

function lintCoded(rule: CodedRule, path: string): readonly LintProblem[] {
  const problems: LintProblem[] = []
  const add = (name: string, message: string) => problems.push({ rule: name, path, message })
  if (rule.codes === undefined && rule.words === undefined && rule.where === undefined)
    add('unsatisfiable_criterion', 'picks nothing out: give codes, words or a FHIRPath')
  if (rule.value !== undefined && rule.from !== 'observations')
    add('unsatisfiable_criterion', `${rule.from} have no measured value`)
  const window = rule.within === undefined ? Number.POSITIVE_INFINITY : daysOf(rule.within)
  if (rule.lasting !== undefined && daysOf(rule.lasting) > window)
    add('unsatisfiable_criterion', 'has to last longer than the window is')
  if (rule.days !== undefined && rule.days.value > window)
    add('unsatisfiable_criterion', 'asks for more days than the window has')
  if (rule.value !== undefined)
    for (const message of faultsOfBounds(rule.value)) add('bad_bounds', message)
  for (const word of rule.words ?? [])
    for (const message of faultsOfTerm(word)) add('bad_term', message)
  if (rule.where !== undefined)
    for (const message of faultsOfWhere(rule.where, rule)) add('bad_fhirpath', message)
  return problems
}

function lintNote(rule: NoteRule, path: string): readonly LintProblem[] {
  const problems: LintProblem[] = []
  const add = (name: string, message: string) => problems.push({ rule: name, path, message })
  const contrary = rule.kind === 'finding' ? (rule.contraryTerms ?? []) : []
  for (const term of [...rule.terms, ...(rule.widerTerms ?? []), ...contrary])
    for (const message of faultsOfTerm(term)) add('bad_term', message)
  if (rule.kind === 'measured')
    for (const message of faultsOfBounds(rule.value)) add('bad_bounds', message)
  if (
    rule.kind === 'done' &&
    rule.lasting !== undefined &&
    rule.within !== undefined &&
    daysOf(rule.lasting) > daysOf(rule.within)
  )
    add('unsatisfiable_criterion', 'has to last longer than the window is')
  return problems
}

function* faultsOfBounds({ atLeast, above, atMost, below }: Bounds): Generator<string> {
  for (const limit of [atLeast, above, atMost, below])
    if (limit !== undefined && !isUnit(limit.unit)) yield `"${limit.unit}" is no UCUM unit`
  const low = Math.max(
    atLeast?.value ?? Number.NEGATIVE_INFINITY,
    above?.value ?? Number.NEGATIVE_INFINITY,
  )
  const high = Math.min(
    atMost?.value ?? Number.POSITIVE_INFINITY,
    below?.value ?? Number.POSITIVE_INFINITY,
  )
  const isOpenEnd =
    (above?.value === low && low === high) || (below?.value === high && low === high)
  if (low > high || isOpenEnd) yield 'no value is within the bounds'
}

function* faultsOfTerm(term: string): Generator<string> {
  try {
    if (new RegExp(`^(?:${term})$`, 'i').test('')) yield `"${term}" matches nothing at all`
    if (/\((?!\?)/.test(term.replaceAll(/\\./g, '').replaceAll(/\[[^\]]*\]/g, '')))
      yield `"${term}" captures: write (?:…)`
  } catch {
    yield `"${term}" is no regular expression`
  }
}

function* faultsOfWhere(where: string, { parameters }: CodedRule): Generator<string> {
  try {
    compileWhere(where)
  } catch {
    yield `"${where}" is no FHIRPath`
    return
  }
  const bare = where.replaceAll(/'[^']*'/g, "''")
  if (/(?<![\w.%])\d/.test(bare))
    yield 'holds a bare number: give it as a parameter, with its source'
  for (const [, name] of bare.matchAll(/%(\w+)/g))
    if (name !== 'asOf' && (name === undefined || parameters?.[name] === undefined))
      yield `%${name ?? ''} is not among the parameters`
}
