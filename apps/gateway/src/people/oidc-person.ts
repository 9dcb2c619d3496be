import type { PersonRow } from '../store/people.ts'
import type { Store } from '../store/store.ts'
import type { Changer, People } from './change-people.ts'
import { labelFault, maxLabelLength, maxLoginLength } from './names.ts'
import type { OidcSettings } from './oidc-config.ts'
import { type Claims, claimOf, grantOfGroups } from './oidc-groups.ts'
import type { Origin } from './security-events.ts'

interface Admission {
  readonly settings: OidcSettings
  readonly store: Pick<Store, 'people'>
  readonly people: People
  readonly origin: Origin
}

/** The most people of one name that are distinguished by a number. */
const maxNamesakes = 20

/**
 * The person whom the provider's claims name, with the roles and practices of their groups. A new person is added. A local account with
 * the same login is another person: otherwise, somebody who can choose names at the provider could take it over.
 */
export async function admitByClaims(
  claims: Claims,
  { settings, store, people, origin }: Admission,
): Promise<PersonRow | undefined> {
  const [issuer, subject] = [claims['iss'], claims['sub']]
  if (typeof issuer !== 'string' || typeof subject !== 'string') return undefined
  const by: Changer = { actor: { label: settings.Name, personId: undefined }, origin }
  const grant = grantOfGroups(claims, settings)
  const known = await store.people.findByIdentity(issuer, subject)
  if (known === undefined) {
    // A person who may not sign in is not added.
    if (grant.roles.length === 0 || grant.practiceIds.length === 0) return nobody(grant)
    return addNew(claims, { issuer, subject }, { settings, store, people, by, grant })
  }
  const isSame =
    sameNames(known.roles, grant.roles) && sameNames(known.practice_ids, grant.practiceIds)
  if (isSame) return known
  const changed = await people.grant(known.person_id, grant, by)
  return changed.outcome === 'done' ? changed.person : undefined
}

/** Logins and names that are taken get a number: `a.okafor.2`, `Amara Okafor (2)`. */
async function addNew(
  claims: Claims,
  identity: { readonly issuer: string; readonly subject: string },
  {
    settings,
    store,
    people,
    by,
    grant,
  }: {
    readonly settings: OidcSettings
    readonly store: Pick<Store, 'people'>
    readonly people: People
    readonly by: Changer
    readonly grant: ReturnType<typeof grantOfGroups>
  },
): Promise<PersonRow | undefined> {
  const login = loginOf(claims, settings, identity.subject)
  const label = labelOf(claims, login)
  let [loginNumber, labelNumber] = [1, 1]
  while (loginNumber <= maxNamesakes && labelNumber <= maxNamesakes) {
    const added = await people.add(
      {
        login: loginNumber === 1 ? login : `${login}.${loginNumber}`,
        label: labelNumber === 1 ? label : `${label} (${labelNumber})`,
        ...grant,
        identity,
      },
      by,
    )
    if (added.outcome === 'done') return added.person
    // Another first sign-in of the same person may have been faster.
    const other = await store.people.findByIdentity(identity.issuer, identity.subject)
    if (other !== undefined) return other
    if (added.outcome === 'refused' && added.code === 'login_taken') loginNumber += 1
    else if (added.outcome === 'refused' && added.code === 'label_taken') labelNumber += 1
    else return undefined
  }
  return undefined
}

function loginOf(claims: Claims, { LoginClaim }: OidcSettings, subject: string): string {
  const given = [claimOf(claims, LoginClaim), claims['email'], subject].find(
    (one) => typeof one === 'string' && one !== '',
  )
  const plain = String(given)
    .normalize('NFKD')
    .replaceAll(/[^a-zA-Z0-9._@+-]+/g, '')
    .replace(/^[^a-zA-Z0-9]+/, '')
    .slice(0, maxLoginLength - 3)
  return plain === '' ? 'person' : plain
}

function labelOf(claims: Claims, login: string): string {
  const { name } = claims
  const plain =
    typeof name === 'string'
      ? name
          .replaceAll(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/gu, '')
          .replaceAll(/\s+/g, ' ')
          .trim()
          .slice(0, maxLabelLength - 5)
          .trim()
      : ''
  return labelFault(plain) === undefined ? plain : login
}

const sameNames = (one: readonly string[], other: readonly string[]) =>
  JSON.stringify(one.toSorted()) === JSON.stringify(other.toSorted())

/** A person without a role or a practice, who is not stored. */
function nobody({ roles, practiceIds }: ReturnType<typeof grantOfGroups>): PersonRow {
  const nothing = {
    login: '',
    password_hash: null,
    password_changed_at: null,
    password_is_temporary: false,
    issuer: null,
    subject: null,
    disabled_at: null,
    added_by: '',
    added_at: new Date(0),
    signed_in_at: null,
  }
  return {
    person_id: '',
    label: '',
    roles: [...roles],
    practice_ids: [...practiceIds],
    ...nothing,
  }
}
