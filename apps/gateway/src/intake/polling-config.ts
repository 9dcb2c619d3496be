import { decimal, integer, key } from '../config/fields.ts'

/** Keys of the section `Ehr` that say how often encounters are polled, and for how long. */
export const pollingKeys = {
  PollingIntervalSeconds: key(decimal(0.05, 86_400).default(5), {
    unit: 'seconds',
    effect:
      'The shortest interval between two polls of an encounter that is not signed. With many open encounters all are polled less often, to fit `PollingShare`.',
  }),
  ReopenPollingIntervalSeconds: key(decimal(0.05, 86_400).default(300), {
    unit: 'seconds',
    effect: 'How often a signed encounter is polled again, in case it is re-opened.',
  }),
  ReopenWatchHours: key(decimal(0, 8760).default(24), {
    unit: 'hours',
    effect: 'How long after signing an encounter is polled for a re-open. Later ones are missed.',
  }),
  MaxConcurrentPolls: key(integer(1, 256).default(5), {
    unit: 'polls',
    effect: 'Polls at once on this node.',
  }),
  UnknownEncounterHours: key(decimal(0.01, 8760).default(24), {
    unit: 'hours',
    effect:
      'How long the gateway polls an encounter that the EHR does not know or does not let us read. Then its watch ends.',
  }),
  MaxOpenDays: key(decimal(0.01, 3650).default(30), {
    unit: 'days',
    effect: 'How long the gateway polls an encounter that is never signed. Then its watch ends.',
  }),
} as const
