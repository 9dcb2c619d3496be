import type { Role } from '@authscript/prior-auth'
import type { PersonRow } from '../store/people.ts'

/** Somebody whom an EHR has signed in. */
export interface EhrPerson {
  readonly fhirBaseUrl: string
  /** The issuer of id tokens, and its name for the person: together they always mean the same person. */
  readonly issuer: string
  readonly subject: string
  /** The user's resource in the EHR: `Practitioner/123`. */
  readonly fhirUser: string | undefined
  /** As the EHR writes it. */
  readonly name: string | undefined
  readonly practiceId: string
  /** The roles of a person who comes for the first time; undefined: they are refused. */
  readonly newPeople: { readonly roles: readonly Role[] } | undefined
}

export type EhrPersonOutcome =
  | { readonly outcome: 'found'; readonly person: PersonRow }
  /** `reason` is for the log. */
  | {
      readonly outcome: 'unknown' | 'name_taken' | 'disabled' | 'no_practice'
      readonly reason: string
    }

/** Finds the person whom an EHR has signed in. */
export interface PeopleOfEhr {
  find(person: EhrPerson): Promise<EhrPersonOutcome>
}
