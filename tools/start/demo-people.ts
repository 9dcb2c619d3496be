import { randomBytes } from 'node:crypto'
import type { Gateway } from '../../apps/gateway/src/gateway.ts'
import type { Role } from '@authscript/prior-auth'

/** The people of the demo. The first one is signed in by the link. */
const demoPeople: readonly {
  readonly login: string
  readonly label: string
  readonly roles: readonly Role[]
}[] = [
  {
    login: 'a.okafor',
    // The sandbox's provider: whoever tries it out signs their own orders.
    label: 'Ada Okafor, MD',
    roles: ['clinician', 'staff', 'operator', 'administrator', 'auditor'],
  },
  { login: 'j.ruiz', label: 'Jordan Ruiz', roles: ['staff'] },
]

/** Whom the link signs in, and a line for each password that was made now: they are shown at the first start only. */
export async function addDemoPeople(gateway: Gateway, practice: string) {
  const by = {
    actor: { label: 'npm start', personId: undefined },
    origin: { address: undefined, browser: undefined, requestId: undefined },
  }
  const passwords: string[] = []
  for (const { login, label, roles } of demoPeople) {
    if ((await gateway.store.people.findByLogin(login)) !== undefined) continue
    const password = randomBytes(9).toString('base64url')
    const person = { login, label, roles, practiceIds: [practice], password }
    const { outcome } = await gateway.people.add(person, by)
    if (outcome === 'done') passwords.push(`${login}, password ${password}   (${label})`)
  }
  const [first] = demoPeople
  const person = await gateway.store.people.findByLogin(first?.login ?? '')
  return {
    passwords,
    grant: {
      label: person?.label ?? 'Cedar Hill staff',
      personId: person?.person_id,
      roles: person?.roles ?? (['clinician', 'staff', 'operator'] as const),
      practiceIds: person?.practice_ids ?? [practice],
    },
  }
}
