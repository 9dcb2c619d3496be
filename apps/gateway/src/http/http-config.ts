import { role } from '@authscript/prior-auth'
import { z } from 'zod'
import {
  about,
  addressRange,
  decimal,
  httpUrl,
  integer,
  key,
  listOf,
  matching,
  megabyte,
  recordOf,
  text,
} from '../config/fields.ts'
import { type KeyRule, withRules } from '../config/key-rules.ts'
import { namedByPractice, practiceList } from '../config/practice-ids.ts'

export const httpSection = about(
  z
    .strictObject({
      Port: key(integer(0, 65_535).default(8080), {
        unit: 'port number',
        effect: 'Where the API and the dashboard are served. 0: the operating system chooses one.',
        example: 8080,
      }),
      Host: key(text().default('127.0.0.1'), {
        range: 'an address or a host name of this machine',
        effect:
          '127.0.0.1 serves this machine only, 0.0.0.0 every network. Put a proxy with TLS in front before you open it.',
        example: '127.0.0.1',
      }),
      RequestsPerMinute: key(integer(1, 1_000_000).default(1200), {
        unit: 'requests per minute',
        effect:
          'The limit of one user over all routes, and of one address for requests without a valid key or session; beyond it requests are answered 429. Event streams, health and metrics are not counted.',
      }),
      MaxBodyBytes: key(integer(1024, 64 * megabyte).default(megabyte), {
        unit: 'bytes',
        effect: 'The largest request body. Larger ones are answered 413.',
      }),
      IdempotencyHours: key(decimal(0.01, 168).default(24), {
        unit: 'hours',
        effect:
          'How long the answer to a write with an Idempotency-Key is kept, encrypted under that key, and sent again for the same request.',
      }),
      PublicUrl: key(httpUrl().optional(), {
        effect:
          'Where browsers reach the gateway, when a proxy stands before it. Sign-in links start with it; with https:// cookies are sent over TLS only.',
      }),
      TrustedProxies: key(listOf(addressRange()).default([]), {
        range: 'a list of IP addresses and ranges like 10.0.0.0/8',
        effect:
          'The proxies in front of the gateway. X-Forwarded-For, X-Forwarded-Host and X-Forwarded-Proto are believed from these addresses only. Without it all clients of a proxy share the rate limit of its address.',
      }),
    })
    .prefault({}),
  'The API and the dashboard.',
)

const credential = z.strictObject({
  Label: key(z.string().min(1).max(100), {
    effect:
      'The name that approvals and the log show for this credential. Each credential has its own.',
  }),
  KeySha256: key(
    matching(/^[0-9a-f]{64}$/, '64 hex digits; npx authscript credential makes them'),
    {
      secret: true,
      effect:
        'The SHA-256 of the key. The key itself is never stored. A new value revokes the old key.',
    },
  ),
  Roles: key(listOf(role, 1), {
    effect: 'What the credential may do.',
  }),
  Practices: key(practiceList(1), {
    effect:
      'Ids of the practices whose patients the credential may see. One for all practices lists each; no sign stands for all.',
  }),
})

/** A label says who approved a form, so two credentials may not share one. Other faults of the credentials do not matter here. */
const labelsOfTheirOwn: KeyRule<{ readonly Credentials: unknown }> = {
  keys: [],
  check({ Credentials }) {
    const first = new Map<string, number>()
    const credentials: readonly unknown[] = Array.isArray(Credentials) ? Credentials : []
    return credentials.flatMap((entry, index) => {
      if (typeof entry !== 'object' || entry === null || !('Label' in entry)) return []
      if (typeof entry.Label !== 'string') return []
      const label = entry.Label.trim().toLowerCase()
      const before = first.get(label)
      if (before === undefined) {
        first.set(label, index)
        return []
      }
      return [
        {
          key: `Credentials.${index}.Label`,
          others: [`Credentials.${before}.Label`],
          message: 'each credential needs a label of its own',
        },
      ]
    })
  },
}

export const authSection = about(
  withRules(
    z.strictObject({
      SessionHours: key(decimal(0.01, 24 * 30).default(12), {
        unit: 'hours',
        effect: 'How long a person stays signed in, however much they do.',
      }),
      IdleMinutes: key(integer(1, 24 * 60).default(30), {
        unit: 'minutes',
        effect:
          'A session ends when nobody does anything in it for this long. What a page refreshes by itself does not count.',
      }),
      ApprovalProofMinutes: key(recordOf(integer(1, 24 * 60)).default({}), {
        unit: 'minutes',
        range:
          'a whole number from 1 to 1440 for each practice id; * is every practice that is not listed',
        effect:
          'A person who approves a form in the practice must have entered their password or used their passkey within this many minutes. Otherwise a dialog asks for it.',
      }),
      ApprovalBy: key(
        z.enum(['anybody', 'people_where_there_are', 'people']).default('people_where_there_are'),
        {
          effect:
            'Who may approve a form: everybody with the role clinician (anybody); named people only, in a practice that has one with that role (people_where_there_are); or named people only (people). Shared keys, and links that sign in no named person, are the others.',
        },
      ),
      Credentials: key(z.array(credential).default([]), {
        effect:
          'Who may use the API. Without credentials only sign-in links give access. A removed credential ends its sessions.',
      }),
    }),
    labelsOfTheirOwn,
    namedByPractice('ApprovalProofMinutes', { others: ['*'] }),
  ).prefault({}),
  'Who may use the API, and for how long.',
)
