import { defineCommand } from '../command.ts'
import { configOption } from '../database-command.ts'
import { personOf, runOnPeople } from '../people-command.ts'

const positionals = [{ name: 'LOGIN', description: 'of whom' }]

export const userDisable = defineCommand({
  name: 'user disable',
  description: `Ends all sessions of a person within a heartbeat, and lets them in no more. What they did keeps their name.`,
  positionals,
  options: configOption,
  examples: ['authscript user disable j.ruiz'],
  run: ({ config }, [login = ''], terminal) =>
    runOnPeople('user disable', config, terminal, async ({ people, by, find }) => {
      const { person_id: personId } = await find(login)
      return `${personOf(await people.disable(personId, by)).login} is disabled`
    }),
})

export const userEnable = defineCommand({
  name: 'user enable',
  description: 'Lets a disabled person in again, with the password, roles and practices of before.',
  positionals,
  options: configOption,
  examples: ['authscript user enable j.ruiz'],
  run: ({ config }, [login = ''], terminal) =>
    runOnPeople('user enable', config, terminal, async ({ people, by, find }) => {
      const { person_id: personId } = await find(login)
      return `${personOf(await people.enable(personId, by)).login} may sign in again`
    }),
})
