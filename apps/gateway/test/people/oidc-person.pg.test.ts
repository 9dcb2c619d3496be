import { afterAll, beforeAll, expect, it } from 'vitest'
import { systemClock } from '../../src/clock.ts'
import { People } from '../../src/people/change-people.ts'
import { oidcSection } from '../../src/people/oidc-config.ts'
import { admitByClaims } from '../../src/people/oidc-person.ts'
import { Passwords } from '../../src/people/password-hash.ts'
import { type Node, openNode } from '../database/node.ts'
import { createTestDatabase } from '../database/test-database.ts'

const parts = new AsyncDisposableStack()
let node: Node
let people: People

beforeAll(async () => {
  const { connection } = parts.use(await createTestDatabase())
  node = parts.use(await openNode(connection))
  people = new People({
    store: node.store,
    passwords: new Passwords(),
    labelsOfKeys: [],
    record: async () => undefined,
    clock: systemClock,
  })
})
afterAll(() => parts.disposeAsync())

const settings = oidcSection.parse({
  Groups: { doctors: { Roles: ['clinician'], Practices: ['p1'] } },
})
const origin = { address: undefined, browser: undefined, requestId: undefined }
const claimsOf = (sub: string) => ({
  iss: 'https://login.example',
  sub,
  preferred_username: sub,
  name: `Dr. ${sub}`,
  groups: ['doctors'],
})

it('two first sign-ins of one person at the same moment are one person', async () => {
  const { store } = node
  const admit = () => admitByClaims(claimsOf('okafor'), { settings, store, people, origin })

  const found = await Promise.all([admit(), admit(), admit(), admit()])

  expect(new Set(found.map((person) => person?.person_id)).size).toBe(1)
  expect(found[0]?.login).toBe('okafor')
})

it('a first sign-in finds the person whom another one adds after it asked', async () => {
  const { store } = node
  const claims = claimsOf('ruiz')
  let isFirst = true
  const slower = {
    people: {
      ...store.people,
      async findByIdentity(issuer: string, subject: string) {
        if (!isFirst) return store.people.findByIdentity(issuer, subject)
        isFirst = false
        await admitByClaims(claims, { settings, store, people, origin })
        return undefined
      },
    },
  }

  const person = await admitByClaims(claims, { settings, store: slower, people, origin })

  expect(person?.login).toBe('ruiz')
})
