import type { Role } from '@authscript/prior-auth'
import type { FhirUser } from './fhir-user.ts'

/** Somebody whom an EHR has signed in. */
export interface EhrPerson {
  /** The issuer of id tokens, and its name for the person: together they are the same for ever. */
  readonly issuer: string
  readonly subject: string
  readonly fhirUser: FhirUser | undefined
  /** As the EHR writes it. */
  readonly name: string | undefined
  readonly practiceId: string
  /** What somebody may do who comes for the first time; undefined: they are refused. */
  readonly newPeople: { readonly roles: readonly Role[] } | undefined
}

/** A person as this gateway knows them. */
export interface KnownPerson {
  readonly personId: string | undefined
  readonly label: string
  readonly roles: readonly Role[]
  readonly practiceIds: readonly string[]
}

/** Who is who. */
export interface PeopleOfEhr {
  /** @throws {LaunchRefused} launch_person_unknown */
  findOrRefusePerson(person: EhrPerson): Promise<KnownPerson>
}
