/**
 * Which requested scopes the EHR did not grant.
 *
 * @see https://hl7.org/fhir/smart-app-launch/scopes-and-launch-context.html - `.read` is `.rs`, `.write` is `.cud`, `.*` is `.cruds`
 */

interface ResourceScope {
  /** `system`, `user` or `patient`. */
  readonly context: string
  /** A type or `*`. */
  readonly resourceType: string
  readonly permissions: ReadonlySet<string>
  /** `name=value` pairs of a constraint such as `?category=laboratory`. */
  readonly constraints: readonly string[]
}

const permissionsOfVersion1: ReadonlyMap<string, string> = new Map([
  ['read', 'rs'],
  ['write', 'cud'],
  ['*', 'cruds'],
])

/**
 * The scopes of `requested`, or those of their permissions, that `granted` does not cover, in the order of `requested`, each once.
 * Scopes that are not about resources (`openid`) are compared as text. A grant with a constraint only covers requests with the same
 * constraint.
 */
export function missingScopesOf(
  requested: readonly string[],
  granted: readonly string[],
): readonly string[] {
  const grants = granted.map(parseScope).filter((grant) => grant !== undefined)
  const texts = new Set(granted)
  const missing = requested.flatMap((text) => {
    const request = parseScope(text)
    if (texts.has(text)) return []
    return request === undefined ? [text] : missingPartOf(text, request, grants)
  })
  return [...new Set(missing)]
}

function missingPartOf(
  text: string,
  request: ResourceScope,
  grants: readonly ResourceScope[],
): readonly string[] {
  const covered = new Set(
    grants
      .filter((grant) => isAsWideAs(grant, request))
      .flatMap(({ permissions }) => [...permissions]),
  )
  const left = [...'cruds'].filter((one) => request.permissions.has(one) && !covered.has(one))
  if (left.length === 0) return []
  if (left.length === request.permissions.size) return [text]
  const constraint = request.constraints.length === 0 ? '' : `?${request.constraints.join('&')}`
  return [`${request.context}/${request.resourceType}.${left.join('')}${constraint}`]
}

function isAsWideAs(grant: ResourceScope, request: ResourceScope): boolean {
  return (
    grant.context === request.context &&
    (grant.resourceType === '*' || grant.resourceType === request.resourceType) &&
    grant.constraints.every((one) => request.constraints.includes(one))
  )
}

function parseScope(text: string): ResourceScope | undefined {
  const parts = /^(system|user|patient)\/(\*|[A-Za-z]+)\.(\*|[a-z]+)(?:\?(.*))?$/.exec(text)
  if (parts === null) return undefined
  const [, context = '', resourceType = '', written = '', query = ''] = parts
  const permissions = permissionsOfVersion1.get(written) ?? written
  if (!/^[cruds]+$/.test(permissions)) return undefined
  return {
    context,
    resourceType,
    permissions: new Set(permissions),
    constraints: query.split('&').filter((one) => one !== ''),
  }
}
