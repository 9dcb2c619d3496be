import type { Role } from '@authscript/prior-auth'
import type { OidcSettings } from './oidc-config.ts'

export type Claims = Readonly<Record<string, unknown>>

/** The claim of this name; a name with dots is a path into nested claims. */
export function claimOf(claims: Claims, name: string): unknown {
  if (Object.hasOwn(claims, name)) return claims[name]
  return name
    .split('.')
    .reduce<unknown>(
      (inner, part) =>
        typeof inner === 'object' && inner !== null && Object.hasOwn(inner, part)
          ? (inner as Claims)[part]
          : undefined,
      claims,
    )
}

/** A person's roles and practices, from the groups that the provider names. Groups that are not mapped are ignored. */
export function grantOfGroups(
  claims: Claims,
  { GroupsClaim, Groups }: Pick<OidcSettings, 'GroupsClaim' | 'Groups'>,
): { readonly roles: readonly Role[]; readonly practiceIds: readonly string[] } {
  const claim = claimOf(claims, GroupsClaim)
  const names = (Array.isArray(claim) ? claim : [claim]).filter((name) => typeof name === 'string')
  const groups = names.flatMap((name) => (Object.hasOwn(Groups, name) ? [Groups[name]] : []))
  return {
    roles: [...new Set(groups.flatMap((group) => group?.Roles ?? []))].toSorted(),
    practiceIds: [...new Set(groups.flatMap((group) => group?.Practices ?? []))].toSorted(),
  }
}
