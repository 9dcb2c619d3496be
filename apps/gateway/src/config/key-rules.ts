import { z } from 'zod'

/** What a rule across keys found wrong. Keys are relative to the section, with dots: `Autoscale.MinWorkers`. */
export interface RuleFault {
  /** The key to change first. */
  readonly key: string
  /** The keys that it does not fit to. The message names those that have a value, with it. */
  readonly others?: readonly string[]
  /** What is wrong and what to do, without the values. */
  readonly message: string
}

/** A rule about how keys fit together. */
export interface KeyRule<Section> {
  /** The keys that it reads. If one of them has a fault of its own, the rule is not checked: its values mean nothing then. */
  readonly keys: readonly string[]
  check(section: Section): readonly RuleFault[]
}

/** What a fault of a rule carries for `describeIssue`. */
export interface RuleParams {
  /** Paths relative to the section, whose own path is that of the issue without the last `depth` names. */
  readonly others: readonly { readonly path: readonly string[]; readonly input: unknown }[]
  readonly depth: number
}

/**
 * Adds rules across keys to a section. Unlike zod's `refine`, they are also checked when other keys of the section are wrong, so that
 * every fault is reported at once.
 */
export function withRules<Schema extends z.ZodType>(
  section: Schema,
  ...rules: readonly KeyRule<z.output<Schema>>[]
): Schema {
  return rules.reduce(
    (schema, rule) =>
      schema.check(
        z.core._check<z.output<Schema>>(
          ({ value, issues }) => {
            for (const { key, others = [], message } of rule.check(value)) {
              const path = key.split('.')
              const params: RuleParams = {
                others: others.map((other) => ({
                  path: other.split('.'),
                  input: valueAt(value, other.split('.')),
                })),
                depth: path.length,
              }
              const input = valueAt(value, path)
              issues.push({ code: 'custom', message, path, input, params: { ...params } })
            }
          },
          {
            when: ({ value, issues }) =>
              typeof value === 'object' &&
              value !== null &&
              rule.keys.every((key) => issues.every((issue) => !isAbout(issue, key.split('.')))),
          },
        ),
      ),
    section,
  )
}

/** Whether an issue concerns a key, a section around it, or what is in it. An unknown key beside it does not. */
function isAbout(issue: z.core.$ZodRawIssue, key: readonly string[]): boolean {
  if (issue.code === 'unrecognized_keys') return false
  const path = (issue.path ?? []).map(String)
  return path.slice(0, key.length).every((name, index) => name === key[index])
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  let at: unknown = value
  for (const name of path)
    at = typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[name] : undefined
  return at
}
