import { z } from 'zod'
import {
  about,
  addressRange,
  decimal,
  integer,
  key,
  listOf,
  matching,
  optionalText,
} from '../config/fields.ts'

export const webhooksSection = about(
  z
    .strictObject({
      TimeoutSeconds: key(decimal(0.1, 60).default(10), {
        unit: 'seconds',
        effect: 'An endpoint has to answer within this time. A later answer counts as none.',
      }),
      RetryIntervalSeconds: key(decimal(0.01, 3600).default(5), {
        unit: 'seconds',
        effect:
          'The wait after the first failed attempt. Each further wait is three times as long.',
      }),
      MaxRetryIntervalSeconds: key(decimal(0.01, 86_400).default(3600), {
        unit: 'seconds',
        effect: 'No wait between attempts is longer.',
      }),
      GiveUpHours: key(decimal(0.0001, 720).default(24), {
        unit: 'hours',
        effect:
          'An endpoint that failed for this long without one success is disabled. Its messages are kept, and sent when it is enabled again.',
      }),
      SecretOverlapHours: key(decimal(0, 720).default(24), {
        unit: 'hours',
        effect: 'How long messages are also signed with the previous secret after a rotation.',
      }),
      EncryptionKeys: key(
        listOf(matching(/^[A-Za-z0-9+/]{43}=$/, '32 bytes in base64')).default([]),
        {
          secret: true,
          range: 'a list of texts: 32 bytes in base64, as `openssl rand -base64 32` makes them',
          effect:
            'Encrypts the secrets of webhooks in the database (AES-256-GCM), at the start also those that are stored already. The first key encrypts, all decrypt. Without it the secrets are readable in the database and its backups. Keep the keys where backups are not.',
        },
      ),
      RetentionDays: key(integer(1, 3650).default(30), {
        unit: 'days',
        effect: 'Older deliveries are deleted, also those that wait for a disabled endpoint.',
      }),
      AllowedNetworks: key(listOf(addressRange()).default([]), {
        range: 'a list of IP addresses and ranges like 10.1.0.0/16',
        effect:
          'Private networks that endpoints may be in. Without it only public addresses are called. An endpoint on this machine (127.0.0.0/8) may use http://; every other needs https://.',
      }),
      CaFile: key(optionalText(), {
        range: 'a PEM file',
        effect:
          "Certificate authorities that are trusted besides the usual ones, for endpoints' TLS.",
      }),
    })
    .prefault({}),
  "Webhooks: notifications to a practice's own systems.",
)
