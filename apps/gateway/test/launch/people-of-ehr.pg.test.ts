import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { systemClock } from '../../src/clock.ts'
import type { EhrPerson } from '../../src/launch/people-of-ehr.ts'
import { PeopleFromEhr } from '../../src/people/people-of-ehr.ts'
import type { SecurityEvent } from '../../src/people/security-events.ts'
import { type Node, openNode } from '../database/node.ts'
import { createTestDatabase } from '../database/test-database.ts'

const parts = new AsyncDisposableStack()
const recorded: SecurityEvent[] = []
let node: Node
let people: PeopleFromEhr
let count = 0

beforeAll(async () => {
  const { connection } = parts.use(await createTestDatabase())
  node = parts.use(await openNode(connection))
  people = peopleOf(node.store)
})
afterAll(() => parts.disposeAsync())

const peopleOf = (store: Pick<Node['store'], 'people' | 'ehrIdentities' | 'transaction'>) =>
  new PeopleFromEhr({
    store,
    labelsOfKeys: ['Front desk'],
    record: async (event) => void recorded.push(event),
    clock: systemClock,
  })

const fhirBaseUrl = 'https://ehr.example/fhir'

/** Somebody who comes for the first time, each with a different name. */
function somebody(changes: Partial<EhrPerson> = {}): EhrPerson {
  count += 1
  return {
    fhirBaseUrl,
    issuer: 'https://ehr.example',
    subject: `subject-${count}`,
    fhirUser: `Practitioner/${count}`,
    name: `Dr. Number ${count}`,
    practiceId: 'p1',
    newPeople: { roles: ['clinician'] },
    ...changes,
  }
}

async function aPerson(label: string) {
  const login = `login-${(count += 1)}`
  const person = await node.store.transaction('test', (transaction) =>
    transaction.people.add(
      {
        login,
        label,
        labelKey: label.toLowerCase(),
        roles: ['staff'],
        practiceIds: ['p1'],
        passwordHash: undefined,
        addedBy: 'test',
      },
      new Date(),
    ),
  )
  if (typeof person === 'string') throw new Error(person)
  return person
}

describe('a person who comes for the first time', () => {
  it('is added with the roles and the practice of the EHR, and is the same person afterwards', async () => {
    const asked = somebody()

    const first = await people.find(asked)
    const second = await people.find({ ...asked, name: 'Another Name', newPeople: undefined })

    expect(first).toMatchObject({
      outcome: 'found',
      person: {
        label: asked.name,
        roles: ['clinician'],
        practice_ids: ['p1'],
        added_by: 'SMART launch',
      },
    })
    expect(second).toEqual(first)
    expect(recorded).toMatchObject([{ kind: 'person_added', method: 'launch' }])
  })

  it('is added once, however many first launches come at the same time', async () => {
    const asked = somebody()

    const found = await Promise.all(Array.from({ length: 6 }, () => people.find(asked)))

    const ids = found.map((one) => (one.outcome === 'found' ? one.person.person_id : one.outcome))
    expect(new Set(ids).size).toBe(1)
    expect(ids[0]).toMatch(/^[0-9a-f-]{36}$/)
  })

  it('is found when another first launch adds them just after it was asked who they are', async () => {
    const asked = somebody()
    const { ehrIdentities } = node.store
    let isFirst = true
    const slower = peopleOf({
      ...node.store,
      ehrIdentities: {
        ...ehrIdentities,
        async findBySubject(issuer, subject) {
          if (!isFirst) return ehrIdentities.findBySubject(issuer, subject)
          isFirst = false
          await people.find(asked)
          return undefined
        },
      },
    })

    const found = await slower.find(asked)

    expect(found).toEqual(await people.find(asked))
    expect(found.outcome).toBe('found')
  })

  it('is refused if the EHR may not add people', async () => {
    expect(await people.find(somebody({ newPeople: undefined }))).toMatchObject({
      outcome: 'unknown',
    })
  })

  it.each([
    { name: undefined, outcome: 'unknown' },
    { name: ' ', outcome: 'unknown' },
    { name: 'Dr.\u202EOkafor', outcome: 'unknown' },
    { name: 'FRONT  desk', outcome: 'name_taken' },
  ])('is refused without a name of their own: %o', async ({ name, outcome }) => {
    expect(await people.find(somebody({ name }))).toMatchObject({ outcome })
  })

  it('is not taken for somebody else with the same name', async () => {
    await aPerson('Dr. Same Name')

    const before = await node.store.people.list()

    expect(await people.find(somebody({ name: 'Dr. Same Name' }))).toMatchObject({
      outcome: 'name_taken',
    })
    expect(await node.store.people.list()).toEqual(before)
  })
})

describe('somebody whom an operator has linked', () => {
  it('is found by the user of the EHR, and bound to the account that came first', async () => {
    const person = await aPerson('Jordan Ruiz')
    const asked = somebody({ newPeople: undefined })
    await node.store.ehrIdentities.link(
      { personId: person.person_id, fhirBaseUrl, fhirUser: asked.fhirUser, linkedBy: 'test' },
      new Date(),
    )

    expect(await people.find(asked)).toMatchObject({
      outcome: 'found',
      person: { person_id: person.person_id },
    })
    expect(await people.find({ ...asked, subject: 'another account' })).toMatchObject({
      outcome: 'unknown',
      reason: expect.stringContaining('another account'),
    })
    expect(await people.find(asked)).toMatchObject({ outcome: 'found' })
  })

  it('is refused when the EHR names another user for the account than before', async () => {
    const asked = somebody()
    await people.find(asked)

    expect(await people.find({ ...asked, fhirUser: 'Practitioner/other' })).toMatchObject({
      outcome: 'unknown',
    })
  })

  it('is another person at another EHR', async () => {
    const asked = somebody()
    await people.find(asked)

    const elsewhere = { ...asked, issuer: 'https://other.example', newPeople: undefined }
    expect(
      await people.find({ ...elsewhere, fhirBaseUrl: 'https://other.example/fhir' }),
    ).toMatchObject({ outcome: 'unknown' })
  })

  it('is refused when disabled, or without a practice', async () => {
    const disabled = somebody()
    const withoutPractice = somebody()
    const idOf = async (asked: EhrPerson) => {
      const found = await people.find(asked)
      return found.outcome === 'found' ? found.person.person_id : ''
    }
    await node.store.people.change(await idOf(disabled), { isDisabled: true }, new Date())
    await node.store.people.change(await idOf(withoutPractice), { practiceIds: [] }, new Date())

    expect(await people.find(disabled)).toMatchObject({ outcome: 'disabled' })
    expect(await people.find(withoutPractice)).toMatchObject({ outcome: 'no_practice' })
  })
})
