import type { Mode } from '../modes/mode.ts'

/** athenahealth's scope for its v1 API; the star may be narrowed to one service. */
export const v1Scope = /^athena\/service\/Athenanet\.MDP\.(?:\*|[A-Za-z0-9]+)$/
const systemScope = /^system\/([A-Za-z]+|\*)\.(read|write|\*|[cruds]+)(?:\?\S+)?$/

export type Action = 'c' | 'r' | 's'

/** The first scope that this mode does not know. */
export function unknownScope(mode: Mode, scopes: readonly string[]): string | undefined {
  return scopes.find((scope) => {
    if (v1Scope.test(scope)) return !mode.hasV1Api
    const [, type, rights] = systemScope.exec(scope) ?? []
    if (type === undefined) return true
    return (type === '*' || rights === '*') && !mode.token.allowsWildcards
  })
}

/**
 * The granted part of the requested scopes: no write access if FHIR is read-only, and never more than the
 * client's maximum.
 */
export function grantedOf(
  mode: Mode,
  asked: readonly string[],
  most: readonly string[] | undefined,
): readonly string[] {
  return asked.flatMap((scope) => {
    if (v1Scope.test(scope)) return most === undefined || most.includes(scope) ? [scope] : []
    const [, type = '', words = ''] = systemScope.exec(scope) ?? []
    const letters = [...lettersOf(words)].filter(
      (letter) =>
        !(mode.switches.readOnlyFhir && 'cud'.includes(letter)) &&
        (most === undefined || most.some((one) => covers(one, type, letter))),
    )
    if (letters.length === 0) return []
    return letters.length === lettersOf(words).length
      ? [scope]
      : [`system/${type}.${letters.join('')}`]
  })
}

/** Whether one of the scopes allows the action on the type (SMART v1 names and v2 letters). */
export function allowsAction(
  scopes: Iterable<string>,
  resourceType: string,
  action: Action,
): boolean {
  return [...scopes].some((scope) => covers(scope, resourceType, action))
}

function covers(scope: string, resourceType: string, letter: string): boolean {
  const [, type, words = ''] = systemScope.exec(scope) ?? []
  return (type === resourceType || type === '*') && lettersOf(words).includes(letter)
}

function lettersOf(words: string): string {
  if (words === 'read') return 'rs'
  if (words === 'write') return 'cud'
  return words === '*' ? 'cruds' : words
}
