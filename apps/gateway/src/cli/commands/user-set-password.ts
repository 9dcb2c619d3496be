import { defineCommand } from '../command.ts'
import { configOption } from '../database-command.ts'
import { personOf, runOnPeople } from '../people-command.ts'
import { choosePassword, passwordOption } from '../read-password.ts'

export const userSetPassword = defineCommand({
  name: 'user set-password',
  description: `Gives a person a new password and ends all their sessions. They sign in with it once, and then choose their own.`,
  positionals: [{ name: 'LOGIN', description: 'whose password to set' }],
  options: { ...passwordOption, ...configOption },
  examples: ['authscript user set-password j.ruiz'],
  async run({ config, ...flags }, [login = ''], terminal) {
    const { password, shown } = await choosePassword(flags['password-stdin'])
    return runOnPeople('user set-password', config, terminal, async ({ people, by, find }) => {
      const { person_id: personId } = await find(login)
      const person = personOf(
        await people.setPassword(personId, password, { ...by, isTemporary: true }),
      )
      return `${person.login} has a new password${shown}`
    })
  },
})
