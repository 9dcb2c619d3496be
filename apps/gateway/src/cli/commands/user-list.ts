import { defineCommand } from '../command.ts'
import { configOption } from '../database-command.ts'
import { runOnPeople } from '../people-command.ts'

export const userList = defineCommand({
  name: 'user list',
  description:
    'Lists everybody who was added: login, name, roles, practices, and the last sign-in.',
  positionals: [],
  options: configOption,
  examples: ['authscript user list --config gateway.config.json'],
  run: ({ config }, _positionals, terminal) =>
    runOnPeople('user list', config, terminal, async ({ store }) => {
      const people = await store.people.list()
      if (people.length === 0) return 'nobody was added yet; see "authscript user add --help"'
      return people
        .map((person) =>
          [
            person.login,
            person.label,
            person.roles.join(', '),
            `practices ${person.practice_ids.join(', ')}`,
            person.disabled_at === null
              ? `signed in ${person.signed_in_at?.toISOString() ?? 'never'}`
              : `disabled since ${person.disabled_at.toISOString()}`,
          ].join(' · '),
        )
        .join('\n')
    }),
})
