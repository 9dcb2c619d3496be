import { refused } from '../launch/launch-errors.ts'
import type { PeopleOfEhr } from '../launch/people-of-ehr.ts'

const longestLabel = 100

/** People are known by the name that the EHR writes. Whoever has none, or may not come without being added, is refused. */
export function peopleOfEhr(): PeopleOfEhr {
  return {
    async findOrRefusePerson({ name, practiceId, newPeople }) {
      const label = name?.trim().slice(0, longestLabel)
      if (newPeople === undefined || label === undefined || label === '')
        throw refused('launch_person_unknown', 'the EHR names nobody who is known here')
      return { personId: undefined, label, roles: newPeople.roles, practiceIds: [practiceId] }
    },
  }
}
