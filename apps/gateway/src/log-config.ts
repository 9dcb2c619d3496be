import { z } from 'zod'
import { about, flag, key } from './config/fields.ts'

export const logSection = about(
  z
    .strictObject({
      Level: key(
        z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
        { effect: 'Less important lines than this level are not written.', example: 'info' },
      ),
      Pretty: key(flag().default(false), {
        effect: 'true: lines for people. false: one JSON object per line, for collectors.',
      }),
    })
    .prefault({}),
  'The log on standard output.',
)
