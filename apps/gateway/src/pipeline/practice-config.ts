import { z } from 'zod'
import { about, key, recordOf, timeZone } from '../config/fields.ts'
import { withRules } from '../config/key-rules.ts'
import { namedByPractice } from '../config/practice-ids.ts'

export const practiceSection = about(
  withRules(
    z.strictObject({
      TimeZone: key(
        timeZone().default(() => Intl.DateTimeFormat().resolvedOptions().timeZone),
        {
          defaultText: 'the time zone of this machine; GMT in most containers',
          effect: 'The calendar that dates requests. A wrong zone dates them a day early or late.',
          example: 'America/New_York',
        },
      ),
      TimeZones: key(recordOf(timeZone()).default({}), {
        effect: 'The time zones of practices in other time zones, by practice id.',
      }),
    }),
    namedByPractice('TimeZones'),
  ).prefault({}),
  'Where the practices are.',
)
