import type { z } from 'zod'
import { criterion, querySchemas } from '../criterion.ts'
import { policy } from '../policy.ts'
import type { LintProblem } from './lint-problem.ts'

type Issue = z.core.$ZodIssue

/** Keys under which authors try to put wording. */
const wordingKeys: ReadonlySet<string> = new Set([
  'terms',
  'widerTerms',
  'contraryTerms',
  'words',
  'phrases',
  'synonyms',
  'pattern',
  'regex',
  'regexp',
  'notes',
  'coded',
  'where',
  'unitWords',
])

const ruleShapes = 'criterion, criterion with within, countOf, all, any, of with atLeast, unless'

/** The schema errors of a candidate, each with its place and the allowed values. */
export function explainShape(candidate: unknown, issues: readonly Issue[]): readonly LintProblem[] {
  return issues.flatMap((issue) => explainIssue(candidate, issue, issue.path))
}

function explainIssue(
  candidate: unknown,
  issue: Issue,
  path: readonly PropertyKey[],
): readonly LintProblem[] {
  const value = valueAt(candidate, path)
  if (issue.code === 'invalid_union') {
    return path[0] === 'criteria'
      ? explainQuery(candidate, value, path)
      : explainRule(candidate, value, path)
  }
  const at = pathOf(path, candidate)
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) =>
      wordingKeys.has(key)
        ? {
            rule: 'wording',
            path: `${at}.${key}`,
            message: 'a policy contains no wording: name concepts of the lexicon',
          }
        : {
            rule: 'schema',
            path: at,
            message: `unknown key "${key}"; allowed: ${allowedKeys(path, value).join(', ')}`,
          },
    )
  if (isConceptPlace(path) && typeof value === 'string')
    return [
      {
        rule: 'wording',
        path: at,
        message: `"${value}" is wording; allowed: ids of concepts of the lexicon, such as "foot-drop"`,
      },
    ]
  return [{ rule: 'schema', path: at, message: issue.message }]
}

/** Reports the errors of the kind of query whose key is present. */
function explainQuery(
  candidate: unknown,
  value: unknown,
  path: readonly PropertyKey[],
): readonly LintProblem[] {
  const at = pathOf(path, candidate)
  if (isRecord(value) && Array.isArray(value['all']))
    return value['all'].length < 2
      ? [{ rule: 'schema', path: at, message: '"all" joins two queries or more' }]
      : value['all'].flatMap((part, index) =>
          explainQuery(candidate, part, [...path, 'all', index]),
        )
  const schema = schemaOf(value)
  if (schema === undefined)
    return [
      {
        rule: 'schema',
        path: at,
        message:
          'is not a query; allowed: one of finding, therapy, study, measure, function, order, patient, all',
      },
    ]
  const parsed = schema.safeParse(value)
  if (parsed.success) return []
  return parsed.error.issues.flatMap((issue) =>
    explainIssue(candidate, issue, [...path, ...issue.path]),
  )
}

type QuerySchema = (typeof querySchemas)[keyof typeof querySchemas]

function schemaOf(value: unknown): QuerySchema | undefined {
  if (!isRecord(value)) return undefined
  if ('patient' in value)
    return value['patient'] === 'gender' ? querySchemas.gender : querySchemas.age
  const kinds = ['finding', 'therapy', 'study', 'measure', 'function', 'order'] as const
  const kind = kinds.find((one) => one in value)
  return kind === undefined ? undefined : querySchemas[kind]
}

function explainRule(
  candidate: unknown,
  value: unknown,
  path: readonly PropertyKey[],
): readonly LintProblem[] {
  if (isRecord(value)) {
    const key = (['all', 'any', 'of'] as const).find((one) => Array.isArray(value[one]))
    const inner = key === undefined ? [] : (value[key] as readonly unknown[])
    const faults = inner.flatMap((part, index) =>
      isRuleShaped(part) ? [] : explainRule(candidate, part, [...path, key ?? '', index]),
    )
    if (faults.length > 0) return faults
    if ('unless' in value && !isRuleShaped(value['unless']))
      return explainRule(candidate, value['unless'], [...path, 'unless'])
  }
  return [
    {
      rule: 'schema',
      path: pathOf(path, candidate),
      message: `is not a rule; allowed: ${ruleShapes}`,
    },
  ]
}

const ruleSchema = policy.shape.always

function isRuleShaped(value: unknown): boolean {
  return ruleSchema.safeParse(value).success
}

function isConceptPlace(path: readonly PropertyKey[]): boolean {
  const kinds = [
    'finding',
    'therapy',
    'study',
    'measure',
    'function',
    'sites',
    'notSites',
    'conditions',
    'notConditions',
    'conditionsAll',
    'newSince',
    'name',
    'deniedBy',
    'contradictedBy',
  ]
  return path.slice(-3).some((one) => kinds.includes(String(one)))
}

function allowedKeys(path: readonly PropertyKey[], value: unknown): readonly string[] {
  if (path.length === 0) return Object.keys(policy.shape)
  if (path[0] === 'criteria' && path.length === 2) return Object.keys(criterion.shape)
  const schema = path.includes('any') ? schemaOf(value) : undefined
  if (schema !== undefined) return Object.keys(schema.shape)
  if (path[0] === 'sources') return ['document', 'section', 'date', 'url', 'basis', 'verified']
  if (path[0] === 'pathways') return ['pathwayId', 'label', 'rule']
  if (path[0] === 'scope') return ['payers', 'plans']
  return ['value', 'unit', 'source']
}

function valueAt(candidate: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (isRecord(value) ? value[String(key)] : undefined),
    candidate,
  )
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}

/** Criteria are identified by their ids if they have one, because the author searches for those. */
function pathOf(path: readonly PropertyKey[], candidate: unknown): string {
  if (path.length === 0) return 'the file'
  const criterion = path[0] === 'criteria' ? valueAt(candidate, path.slice(0, 2)) : undefined
  const id = isRecord(criterion) ? criterion['criterionId'] : undefined
  return path.map((key, at) => (at === 1 && typeof id === 'string' ? id : String(key))).join('.')
}
