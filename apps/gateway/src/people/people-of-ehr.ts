import { randomBytes } from 'node:crypto'
import type { EhrPerson, EhrPersonOutcome } from '../launch/people-of-ehr.ts'
import type { EhrIdentityRow } from '../store/ehr-identities.ts'
import type { Store, StoreTransaction } from '../store/store.ts'
import type { PeopleOptions } from './change-people.ts'
import { labelFault, labelKey } from './names.ts'
import type { Origin } from './security-events.ts'
import { barTo } from './sign-in.ts'

/** No person added them: the EHR and the configuration did. */
const byLaunch = { label: 'SMART launch', personId: undefined }
const fromLaunch: Origin = { address: undefined, browser: undefined, requestId: undefined }

/** Rolls back the transaction that adds a person whose name is taken, perhaps by another first launch of theirs. */
class NameTakenError extends Error {
  override readonly name = 'NameTakenError'
}

export type PeopleOfEhrOptions = Pick<PeopleOptions, 'labelsOfKeys' | 'record' | 'clock'> & {
  readonly store: Pick<Store, 'people' | 'ehrIdentities' | 'transaction'>
}

/**
 * Finds the person whom an EHR means. The EHR's account (`subject`) decides; an entry that an operator made for a Practitioner is bound to
 * the first account that comes as that Practitioner. Names do not count: two people may have the same.
 */
export class PeopleFromEhr {
  readonly #options: PeopleOfEhrOptions

  constructor(options: PeopleOfEhrOptions) {
    this.#options = options
  }

  async find(asked: EhrPerson): Promise<EhrPersonOutcome> {
    const { store } = this.#options
    const known = await store.ehrIdentities.findBySubject(asked.issuer, asked.subject)
    if (known !== undefined) return this.#known(known, asked)
    const forUser =
      asked.fhirUser === undefined
        ? undefined
        : await store.ehrIdentities.findByUser(asked.fhirBaseUrl, asked.fhirUser)
    if (forUser !== undefined) {
      const { issuer, subject } = asked
      if (await store.ehrIdentities.bind(forUser.identity_id, issuer, subject))
        return this.#admitted(forUser)
      // Another launch of the same account may have been faster, after our query.
      const bound = await store.ehrIdentities.findBySubject(issuer, subject)
      return bound === undefined
        ? unknown('another account of the EHR is linked to this user')
        : this.#known(bound, asked)
    }
    return asked.newPeople === undefined
      ? unknown('nobody is linked to this user of the EHR')
      : this.#added(asked, asked.newPeople.roles)
  }

  async #known(identity: EhrIdentityRow, { fhirUser }: EhrPerson): Promise<EhrPersonOutcome> {
    const isOther =
      fhirUser !== undefined && identity.fhir_user !== null && identity.fhir_user !== fhirUser
    return isOther
      ? unknown('the EHR names another user for this account than before')
      : this.#admitted(identity)
  }

  async #admitted({ person_id: personId }: EhrIdentityRow): Promise<EhrPersonOutcome> {
    const person = await this.#options.store.people.find(personId)
    if (person === undefined) return unknown('the person does not exist any more')
    const bar = barTo(person)
    if (bar !== undefined) return { outcome: bar, reason: `the person's account: ${bar}` }
    return { outcome: 'found', person }
  }

  async #added(
    asked: EhrPerson,
    roles: NonNullable<EhrPerson['newPeople']>['roles'],
  ): Promise<EhrPersonOutcome> {
    const { store, labelsOfKeys } = this.#options
    const label = asked.name?.trim().replaceAll(/\s+/g, ' ') ?? ''
    const fault = labelFault(label)
    if (fault !== undefined) return unknown('the EHR sent no name that can be used')
    const key = labelKey(label)
    if (labelsOfKeys.some((other) => labelKey(other) === key)) return nameTaken
    try {
      return await store.transaction('People', (transaction) =>
        this.#add(transaction, { asked, roles, label, key }),
      )
    } catch (error) {
      if (!(error instanceof NameTakenError)) throw error
      const again = await this.find({ ...asked, newPeople: undefined })
      return again.outcome === 'unknown' ? nameTaken : again
    }
  }

  async #add(
    transaction: StoreTransaction,
    {
      asked,
      roles,
      label,
      key,
    }: {
      readonly asked: EhrPerson
      readonly roles: NonNullable<EhrPerson['newPeople']>['roles']
      readonly label: string
      readonly key: string
    },
  ): Promise<EhrPersonOutcome> {
    const { record, clock } = this.#options
    const { fhirBaseUrl, fhirUser, issuer, subject, practiceId } = asked
    const now = clock.now()
    const person = await transaction.people.add(
      {
        // Nobody types this login: people from the EHR have no password.
        login: `ehr-${randomBytes(6).toString('hex')}`,
        label,
        labelKey: key,
        roles,
        practiceIds: [practiceId],
        passwordHash: undefined,
        addedBy: byLaunch.label,
      },
      now,
    )
    if (typeof person === 'string') throw new NameTakenError()
    const personId = person.person_id
    const identity = { personId, fhirBaseUrl, fhirUser, issuer, subject, linkedBy: byLaunch.label }
    if ((await transaction.ehrIdentities.link(identity, now)) === undefined)
      throw new NameTakenError()
    await record(
      {
        kind: 'person_added',
        actor: byLaunch,
        subjectId: personId,
        practiceIds: [practiceId],
        method: 'launch',
        origin: fromLaunch,
      },
      transaction,
    )
    return { outcome: 'found', person }
  }
}

const unknown = (reason: string): EhrPersonOutcome => ({ outcome: 'unknown', reason })

const nameTaken: EhrPersonOutcome = {
  outcome: 'name_taken',
  reason: 'somebody or a key has the name that the EHR sent',
}
