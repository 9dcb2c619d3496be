import { defineCommand } from '../command.ts'
import { configOption } from '../database-command.ts'
import { parsePractices } from '../parse-practices.ts'
import { parseRoles, roleNames } from '../parse-roles.ts'
import { personOf, runOnPeople } from '../people-command.ts'
import { choosePassword, passwordOption } from '../read-password.ts'

export const userAdd = defineCommand({
  name: 'user add',
  description: `Adds a person who signs in to the dashboard by name. The name is what orders, approvals and forms show, so it belongs to
one person permanently. At the first sign-in the person chooses a password of their own, before anything else.`,
  positionals: [{ name: 'LOGIN', description: 'what the person types to sign in' }],
  options: {
    name: {
      type: 'string',
      required: true,
      placeholder: 'NAME',
      description: 'the name that orders, approvals and forms show',
    },
    practice: {
      type: 'string',
      multiple: true,
      required: true,
      placeholder: 'ID',
      description: 'a practice of the person',
    },
    role: {
      type: 'string',
      multiple: true,
      required: true,
      placeholder: 'ROLE',
      description: `what the person may do: ${roleNames.join(', ')}`,
    },
    ...passwordOption,
    ...configOption,
  },
  examples: [
    'authscript user add a.okafor --name "Amara Okafor, MD" --practice 195900 --role clinician',
  ],
  async run({ name, practice, role, config, ...flags }, [login = ''], terminal) {
    const roles = parseRoles(role)
    const practiceIds = parsePractices(practice)
    const { password, shown } = await choosePassword(flags['password-stdin'])
    return runOnPeople('user add', config, terminal, async ({ people, by }) => {
      const outcome = await people.add(
        { login, label: name, roles, practiceIds, password, isPasswordTemporary: true },
        by,
      )
      return `added ${personOf(outcome).login}${shown}`
    })
  },
})
