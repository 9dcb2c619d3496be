import type { DependencyView } from '@authscript/prior-auth'
import type { NodeReport } from '../store/schema.ts'
import type { ErrorCatalogue } from './error-catalogue.ts'
import { dependencyNames } from './status-text.ts'

/** What the gateway found out about one dependency when it started. */
export interface StartCheck {
  readonly name: DependencyView['name']
  readonly isWell: boolean
  /** In words, for one line. */
  readonly found: string
  readonly code: string | null
  /** What to do; null when it is well. */
  readonly remedy: string | null
}

/** The cause and the remedy are those of the verdict, so that the console, the readiness and the page say the same. */
export function startChecksOf(
  { dependencies, findings }: Pick<NodeReport, 'dependencies' | 'findings'>,
  catalogue: ErrorCatalogue,
): readonly StartCheck[] {
  const order: readonly DependencyView['name'][] = [
    'database',
    'token',
    'ehr',
    'intelligence',
    'language_model',
  ]
  const isTokenFailing = dependencies.some(
    ({ name, state }) => name === 'token' && state === 'failing',
  )
  return dependencies
    .toSorted((one, other) => order.indexOf(one.name) - order.indexOf(other.name))
    .map(({ name, state, lastMs, code, reason }): StartCheck => {
      const base = { name, code: null, remedy: null }
      if (state === 'working')
        return {
          ...base,
          isWell: true,
          found: lastMs === null ? 'answers' : `answers in ${lastMs} ms`,
        }
      if (state === 'not_asked')
        return {
          ...base,
          isWell: false,
          found: 'has not answered yet',
          remedy: 'wait, or look at the log',
        }
      if (name === 'ehr' && isTokenFailing)
        return {
          ...base,
          isWell: false,
          found: 'is not asked: there is no token',
          code,
          remedy: 'fix the line above',
        }
      const found = findings.find((one) => one.code === code)
      return {
        name,
        isWell: false,
        code,
        found: reason ?? found?.text ?? 'fails',
        remedy: found?.remedy ?? catalogue.get(code ?? '')?.remedy?.replaceAll('`', '') ?? null,
      }
    })
}

const nameWidth = 22

/** One screen for a person. */
export function startCheckLines(checks: readonly StartCheck[]): readonly string[] {
  return checks.flatMap(({ name, isWell, found, code, remedy }) => [
    `${isWell ? 'ok    ' : 'wrong '} ${dependencyNames[name].padEnd(nameWidth)} ${found}${code === null ? '' : ` [${code}]`}`,
    ...(remedy === null ? [] : [`${' '.repeat(nameWidth + 8)}-> ${remedy}`]),
  ])
}
