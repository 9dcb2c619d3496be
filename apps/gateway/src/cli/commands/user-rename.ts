import { defineCommand } from '../command.ts'
import { configOption } from '../database-command.ts'
import { personOf, runOnPeople } from '../people-command.ts'

export const userRename = defineCommand({
  name: 'user rename',
  description: `Changes the name that orders, approvals and forms show of a person. Past actions keep the earlier name, and nobody else can get it. Their orders, saved views and signature follow the new name; login, roles and open sessions stay.`,
  positionals: [{ name: 'LOGIN', description: 'whom to rename' }],
  options: {
    name: {
      type: 'string',
      required: true,
      placeholder: 'NAME',
      description: 'the name from now on',
    },
    ...configOption,
  },
  examples: ['authscript user rename a.okafor --name "Amara Okafor-Reyes, MD"'],
  run: ({ name, config }, [login = ''], terminal) =>
    runOnPeople('user rename', config, terminal, async ({ people, by, find }) => {
      const before = await find(login)
      const person = personOf(await people.rename(before.person_id, name, by))
      return `${person.login}: ${before.label} is ${person.label} from now on`
    }),
})
