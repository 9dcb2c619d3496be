import { parseArgs } from 'node:util'
import { role } from '@authscript/prior-auth'
import { randomToken, sha256 } from '../apps/gateway/src/http/auth.ts'

/** Makes an API key: prints it once, and the entry for gateway.config.json that knows only its hash. */

const { values } = parseArgs({
  options: {
    label: { type: 'string', default: 'unnamed' },
    role: { type: 'string', multiple: true, default: ['service'] },
    practice: { type: 'string', multiple: true, default: [] },
  },
})
const roles = values.role.map((name) => role.safeParse(name))
if (values.practice.length === 0 || roles.some((one) => !one.success)) {
  console.error(
    `usage: npm run credential -- --label NAME --practice ID [--practice ID] --role ${role.options.join('|')}`,
  )
  process.exit(2)
}
const key = randomToken()
const entry = {
  Label: values.label,
  KeySha256: sha256(key),
  Roles: values.role,
  Practices: values.practice,
}
console.log(`key (shown once): ${key}`)
console.log(`for Auth.Credentials in gateway.config.json: ${JSON.stringify(entry)}`)
