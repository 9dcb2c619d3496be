import { defineCommand } from '../command.ts'
import { configOption } from '../database-command.ts'
import { personOf, runOnPeople } from '../people-command.ts'

const positionals = [{ name: 'LOGIN', description: 'the login of the person' }]

export const userDisable = defineCommand({
  name: 'user disable',
  description: `Disables a person: ends all their sessions within a heartbeat, and refuses new ones. What they did keeps their name.`,
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
  description: 'Enables a disabled person again, with the same password, roles and practices.',
  positionals,
  options: configOption,
  examples: ['authscript user enable j.ruiz'],
  run: ({ config }, [login = ''], terminal) =>
    runOnPeople('user enable', config, terminal, async ({ people, by, find }) => {
      const { person_id: personId } = await find(login)
      return `${personOf(await people.enable(personId, by)).login} may sign in again`
    }),
})
