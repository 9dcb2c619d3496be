import { z } from 'zod'
import { about, integer, key, text } from '../config/fields.ts'

export const databaseSection = about(
  z
    .strictObject({
      Url: key(z.url({ protocol: /^postgres(ql)?$/ }).optional(), {
        secret: true,
        range: 'an address that starts with postgres:// or postgresql://',
        defaultText: 'not set: the embedded PostgreSQL in `Directory`',
        effect:
          'The PostgreSQL server to use, as postgres://USER:PASSWORD@HOST:PORT/DATABASE. Setting it does not move the content of `Directory`: npx authscript migrate-to does.',
      }),
      Directory: key(text().default('./data'), {
        range: 'a folder on a local disk',
        effect:
          'The folder of the embedded PostgreSQL; created if it is missing. Another folder is a different, empty database. Not used when `Url` is set.',
        example: './data',
      }),
      PoolSize: key(integer(2, 100).default(10), {
        unit: 'connections',
        effect:
          'Connections of this node to the database. With more, more requests run at once; all nodes together must stay below the limit of the server.',
      }),
      ChartRetentionDays: key(integer(1, 3650).default(30), {
        unit: 'days',
        effect:
          'How long the chart of an encounter is kept after its last order was closed, superseded, decided by the payer or found to need no authorization. After that, the source can be viewed and the form filled again only if the encounter is processed again.',
      }),
      AuditRetentionDays: key(integer(1, 36_500).default(2190), {
        unit: 'days',
        effect:
          'How long rows of the audit trail are kept. Six years is how long HIPAA asks for documentation (45 CFR 164.316(b)(2)(i)); your state may ask for more. A row of the trail says what was removed, and the rest still verifies.',
      }),
    })
    .prefault({}),
  'Where everything is stored.',
)
