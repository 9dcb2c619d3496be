import { defineCommand, UsageError } from '../command.ts'
import { configOption } from '../database-command.ts'
import { parsePractices } from '../parse-practices.ts'
import { parseRoles, roleNames } from '../parse-roles.ts'
import { personOf, runOnPeople } from '../people-command.ts'

export const userGrant = defineCommand({
  name: 'user grant',
  description: `Replaces a person's roles, practices, or both. They apply to open sessions at once.`,
  positionals: [{ name: 'LOGIN', description: 'whose roles and practices to change' }],
  options: {
    practice: {
      type: 'string',
      multiple: true,
      placeholder: 'ID',
      description: 'a practice of the person from now on',
    },
    role: {
      type: 'string',
      multiple: true,
      placeholder: 'ROLE',
      description: `what the person may do from now on: ${roleNames.join(', ')}`,
    },
    ...configOption,
  },
  examples: [
    'authscript user grant a.okafor --role clinician --role administrator --practice 195900',
  ],
  async run({ practice, role, config }, [login = ''], terminal) {
    if (practice === undefined && role === undefined)
      throw new UsageError('name at least one --role or --practice')
    const grant = {
      ...(practice && { practiceIds: parsePractices(practice) }),
      ...(role && { roles: parseRoles(role) }),
    }
    return runOnPeople('user grant', config, terminal, async ({ people, by, find }) => {
      const { person_id: personId } = await find(login)
      const person = personOf(await people.grant(personId, grant, by))
      return `${person.login}: ${person.roles.join(', ')}; practices ${person.practice_ids.join(', ')}`
    })
  },
})
