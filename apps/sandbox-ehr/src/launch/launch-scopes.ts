/** The scopes of a sign-in that the sandbox knows. It grants no access to charts by them: apps read charts with `system/` scopes. */
export const launchScopes = [
  'launch',
  'launch/patient',
  'launch/encounter',
  'openid',
  'fhirUser',
  'profile',
  'offline_access',
  'online_access',
] as const

const known: ReadonlySet<string> = new Set(launchScopes)

export function unknownLaunchScope(scopes: Iterable<string>): string | undefined {
  return [...scopes].find((scope) => !known.has(scope))
}

export const wantsRefresh = (scopes: ReadonlySet<string>) =>
  scopes.has('offline_access') || scopes.has('online_access')
