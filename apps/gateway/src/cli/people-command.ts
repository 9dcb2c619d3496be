import { auditSecurityEvents } from '../people/audit-security-events.ts'
import { reachDatabase } from '../backup/database-access.ts'
import { systemClock } from '../clock.ts'
import { readLabelsOfKeys } from '../config.ts'
import { GatewayError } from '../errors.ts'
import { type Changer, People, type PersonOutcome } from '../people/change-people.ts'
import { Passwords } from '../people/password-hash.ts'
import { commandLine } from '../people/security-events.ts'
import { connectDatabase, migrate } from '../store/database.ts'
import type { PersonRow } from '../store/people.ts'
import { createStore, type Store } from '../store/store.ts'
import type { Terminal } from './command.ts'
import { runOnDatabase } from './database-command.ts'

/** What a command about people works with. */
interface PeopleAccess {
  readonly people: People
  readonly store: Store
  readonly by: Changer
  /** The person with this login. @throws {PersonUnknownError} nobody has it */
  find(login: string): Promise<PersonRow>
}

/** Nothing was changed; the message says why. The codes are those of the same changes over HTTP. */
class PersonRefusedError extends GatewayError {
  override readonly name = 'PersonRefusedError'
  readonly code: string
  readonly kind = 'permanent'

  constructor(code: string, detail: string) {
    super(detail)
    this.code = code
  }
}

class PersonUnknownError extends GatewayError {
  override readonly name = 'PersonUnknownError'
  readonly code = 'person_unknown'
  readonly kind = 'permanent'

  constructor(login: string) {
    super(`nobody has the login ${login}`)
  }
}

/** Runs a command on the people of the configured database, while a gateway runs or not, and prints its result. */
export function runOnPeople(
  name: string,
  configFile: string,
  terminal: Terminal,
  work: (access: PeopleAccess) => Promise<string>,
): Promise<number> {
  return runOnDatabase(name, configFile, terminal, async (options) => {
    const labelsOfKeys = readLabelsOfKeys(configFile)
    await using reachable = await reachDatabase(options)
    const database = await connectDatabase(reachable.connection, {
      poolSize: 2,
      onError: () => undefined,
    })
    try {
      await migrate(database.db)
      const clock = systemClock
      const store = createStore(database.db, { clock, jobKinds: [] })
      const passwords = new Passwords()
      const record = auditSecurityEvents
      return await work({
        people: new People({ store, passwords, labelsOfKeys, record, clock }),
        store,
        by: { actor: { label: 'authscript', personId: undefined }, origin: commandLine },
        async find(login) {
          const person = await store.people.findByLogin(login)
          if (person === undefined) throw new PersonUnknownError(login)
          return person
        },
      })
    } finally {
      await database.close()
    }
  })
}

/** @throws {PersonRefusedError} nothing was changed */
export function personOf(outcome: PersonOutcome): PersonRow {
  if (outcome.outcome === 'done') return outcome.person
  if (outcome.outcome === 'unknown') throw new PersonUnknownError('')
  throw new PersonRefusedError(outcome.code, outcome.detail)
}
