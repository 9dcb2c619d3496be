import { z } from 'zod'
import { about, decimal, httpUrl, key } from '../config/fields.ts'

export const operationsSection = about(
  z
    .strictObject({
      BackupMaxAgeHours: key(decimal(0.01, 8760).optional(), {
        unit: 'hours',
        defaultText: 'not set: the age is shown, and nothing warns',
        effect:
          'The operations page and `authscript status` warn when the last `authscript backup` is older, or there was none. Leave it out where backups are made in another way.',
      }),
      DashboardsUrl: key(httpUrl().optional(), {
        effect: 'Your own dashboards, Grafana for example: a link on the operations page.',
        example: 'https://grafana.example.org/d/authscript',
      }),
    })
    .prefault({}),
  'For those who run the gateway.',
)
