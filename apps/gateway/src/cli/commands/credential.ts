import { randomToken, sha256 } from '../../token.ts'
import { defineCommand } from '../command.ts'
import { parsePractices } from '../parse-practices.ts'
import { parseRoles, roleNames } from '../parse-roles.ts'

export const credential = defineCommand({
  name: 'credential',
  description: `Makes an API key. Prints the key once, and the entry for Auth.Credentials in gateway.config.json, which holds only its hash.`,
  positionals: [],
  options: {
    practice: {
      type: 'string',
      multiple: true,
      required: true,
      placeholder: 'ID',
      description: 'a practice that the key may see; repeat it for each',
    },
    role: {
      type: 'string',
      multiple: true,
      default: ['service'],
      placeholder: 'ROLE',
      description: `what the key may do: ${roleNames.join(', ')}`,
    },
    label: {
      type: 'string',
      default: 'unnamed',
      placeholder: 'NAME',
      description: 'who has the key, as the log and the forms show it',
    },
  },
  examples: ['authscript credential --label "Registration" --practice 195900 --role service'],
  run({ practice, role: wanted, label }, _positionals, terminal) {
    const Roles = parseRoles(wanted)
    const Practices = parsePractices(practice)
    const key = randomToken()
    const entry = { Label: label, KeySha256: sha256(key), Roles, Practices }
    terminal.print(`key (shown once): ${key}`)
    terminal.print(`for Auth.Credentials in gateway.config.json: ${JSON.stringify(entry)}`)
    return 0
  },
})
