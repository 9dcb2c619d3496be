import { role } from '@authscript/prior-auth'
import { z } from 'zod'
import { about, httpUrl, integer, key, list, listOf, recordOf, text } from '../config/fields.ts'
import { type KeyRule, withRules } from '../config/key-rules.ts'
import { isUnencrypted } from '../config/loopback.ts'
import { practiceList } from '../config/practice-ids.ts'

const group = z.strictObject({
  Roles: key(listOf(role).default([]), { effect: 'Roles of whoever is in the group.' }),
  Practices: key(practiceList().default([]), { effect: 'Practices of whoever is in the group.' }),
})

interface OidcKeys {
  readonly Issuer?: string | undefined
  readonly ClientId?: string | undefined
}

const clientId: KeyRule<OidcKeys> = {
  keys: ['Issuer', 'ClientId'],
  check: ({ Issuer, ClientId }) =>
    Issuer !== undefined && ClientId === undefined
      ? [
          {
            key: 'ClientId',
            others: ['Issuer'],
            message: 'set it; the identity provider identifies the gateway by it',
          },
        ]
      : [],
}

/** Tokens over http could be read and replaced; only a provider on this machine, for tests, may use it. */
const encrypted: KeyRule<OidcKeys> = {
  keys: ['Issuer'],
  check({ Issuer }) {
    if (Issuer === undefined || !URL.canParse(Issuer) || !isUnencrypted(Issuer)) return []
    return [{ key: 'Issuer', message: 'an identity provider on another machine needs https://' }]
  },
}

export const oidcSection = about(
  withRules(
    z.strictObject({
      Issuer: key(httpUrl().optional(), {
        effect:
          'The identity provider (OpenID Connect). With it the sign-in page offers it; without it people sign in with passwords and passkeys only. It must know the address PublicUrl/api/session/oidc/callback and, if it ends sessions here when people sign out there (back-channel logout), PublicUrl/api/session/oidc/logout.',
      }),
      ClientId: key(text().optional(), {
        effect: 'The id under which the identity provider knows the gateway.',
      }),
      ClientSecret: key(text().optional(), {
        secret: true,
        effect: 'Left out for a client that is registered without a secret; PKCE is always used.',
      }),
      Name: key(z.string().min(1).max(60).default('single sign-on'), {
        effect: 'What the button of the sign-in page says: Sign in with NAME.',
      }),
      Scopes: key(list(1).default(['openid', 'profile', 'email']), {
        effect: 'What is asked of the provider. Some give groups only with a scope of their own.',
      }),
      GroupsClaim: key(text().default('groups'), {
        effect:
          'The claim that lists the groups of a person, in the ID token or the userinfo answer. A name with dots is looked for inside: realm_access.roles.',
      }),
      LoginClaim: key(text().default('preferred_username'), {
        effect:
          'The claim that becomes the login of a new person; if it is missing, their email becomes the login.',
      }),
      Groups: key(recordOf(group).default({}), {
        range: 'for each group by name: Roles, Practices, or both',
        effect:
          'Maps groups to roles and practices, at each sign-in. A person has all roles of their groups in all practices of their groups; a person without a role or without a practice is refused.',
      }),
      ClockToleranceSeconds: key(integer(0, 300).default(30), {
        unit: 'seconds',
        effect: 'How much the clocks of the provider and of this machine may differ.',
      }),
    }),
    clientId,
    encrypted,
  ).prefault({}),
  'Single sign-on by OpenID Connect.',
)

export type OidcSettings = z.output<typeof oidcSection>
