import { z } from 'zod'
import { about, decimal, integer, key } from '../config/fields.ts'

export const jobsSection = about(
  z
    .strictObject({
      LeaseSeconds: key(integer(10, 3600).default(20), {
        unit: 'seconds',
        effect:
          'A lease without a heartbeat for this long returns to the queue. Lower: work of a node that died continues sooner. Too low: a busy node loses its leases.',
      }),
      PollIntervalSeconds: key(decimal(0.05, 600).default(2), {
        unit: 'seconds',
        effect:
          'How often the queue is read even without a notification of new work. Lower costs more queries.',
      }),
      PracticeConcurrency: key(integer(1, 1024).optional(), {
        unit: 'leases',
        defaultText: 'not set: as many as there are workers',
        effect: 'Leases that one practice may hold at once, on all nodes together.',
      }),
      RetryCount: key(integer(0, 100).default(8), {
        unit: 'retries',
        effect:
          'Durable retries of a job, each after all attempts of its task. After the last one the job is a dead letter.',
      }),
      RetryIntervalSeconds: key(decimal(0.01, 86_400).default(60), {
        unit: 'seconds',
        effect: 'The wait before the first durable retry. Each further wait is four times as long.',
      }),
      MaxRetryIntervalSeconds: key(decimal(0.01, 604_800).default(6 * 3600), {
        unit: 'seconds',
        effect: 'No wait between durable retries is longer.',
      }),
    })
    .prefault({}),
  'The durable queue, shared by all nodes on one database.',
)
