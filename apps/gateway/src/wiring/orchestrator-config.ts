import { z } from 'zod'
import { about, decimal, flag, integer, key } from '../config/fields.ts'
import { withRules } from '../config/key-rules.ts'

const autoscale = about(
  withRules(
    z.strictObject({
      Apply: key(flag().default(false), {
        effect:
          'true: the gateway adds and retires its own workers. false: the wanted number is only shown, in metrics and in the API.',
      }),
      MinWorkers: key(integer(1, 1024).default(1), {
        unit: 'workers',
        effect: 'The autoscaler never goes below it. At most MaxWorkers.',
      }),
      MaxWorkers: key(integer(1, 1024).default(16), {
        unit: 'workers',
        effect: 'The autoscaler never goes above it. Each worker may need the memory of one chart.',
      }),
      TargetUtilisation: key(decimal(0.05, 1).default(0.7), {
        unit: 'share of time',
        effect: 'How busy workers should be. Higher: fewer workers and longer waits.',
      }),
      TargetWaitSeconds: key(decimal(0.1, 3600).default(5), {
        unit: 'seconds',
        effect: 'How long a task may wait for a worker before more workers are wanted.',
      }),
      ScaleDownCooldownSeconds: key(decimal(0, 86_400).default(60), {
        unit: 'seconds',
        effect: 'A worker that was needed within this time is not retired.',
      }),
    }),
    {
      keys: ['MinWorkers', 'MaxWorkers'],
      check: ({ MinWorkers, MaxWorkers }) =>
        MinWorkers <= MaxWorkers
          ? []
          : [
              {
                key: 'MinWorkers',
                others: ['MaxWorkers'],
                message: 'MinWorkers may be at most MaxWorkers',
              },
            ],
    },
  ).prefault({}),
  'How many workers the load needs.',
)

const resiliency = about(
  z
    .strictObject({
      RetryCount: key(integer(0, 20).default(3), {
        unit: 'retries',
        effect: 'Tries of a task after the first one, before its job is scheduled again (`Jobs`).',
      }),
      RetryIntervalSeconds: key(decimal(0, 3600).default(2), {
        unit: 'seconds',
        effect: 'The wait before the first retry.',
      }),
      UseExponentialBackoff: key(flag().default(true), {
        effect:
          'true: each wait is twice the previous one (2, 4, 8 s). false: all waits are equal.',
      }),
      TimeoutIntervalSeconds: key(decimal(0.01, 3600).default(60), {
        unit: 'seconds',
        effect: 'The limit of one attempt. Too low, large charts never finish.',
      }),
    })
    .prefault({}),
  'Retries and the time limit of a task.',
)

/** The keys are those of the seed. They are defined here because the orchestrator package has no configuration file. */
export const orchestratorSection = about(
  z
    .strictObject({
      WorkerCount: key(integer(1, 1024).default(2), {
        unit: 'workers',
        effect:
          'Encounters and write-backs that this node works on at once. More need more memory.',
        example: 2,
      }),
      MaxBacklog: key(integer(1, 1_000_000).default(128), {
        unit: 'tasks',
        effect: 'Accepted tasks that may wait in memory. The rest waits in the database.',
        example: 128,
      }),
      SubscriberChannelCapacity: key(integer(1, 1_000_000).default(1000), {
        unit: 'events',
        effect:
          'Events kept for one slow subscriber. Beyond it the oldest are dropped, and the subscriber is notified of the gap.',
      }),
      DrainTimeoutSeconds: key(decimal(0, 3600).default(30), {
        unit: 'seconds',
        effect:
          'How long a stop waits for tasks that run. What is unfinished then returns to the queue. Supervisors must wait longer before they kill.',
      }),
      PracticeConcurrency: key(integer(1, 1024).optional(), {
        unit: 'tasks',
        defaultText: 'not set: as many as there are workers',
        effect: 'Tasks of one practice that may run at once on this node.',
      }),
      Autoscale: autoscale,
      Resiliency: resiliency,
    })
    .prefault({}),
  'Workers, queue and retries of one node.',
)

export const circuitBreakerSection = about(
  z
    .strictObject({
      FailureThreshold: key(integer(1, 10_000).default(10), {
        unit: 'failures in a row',
        effect: 'Transient failures after which a dependency is not called for a while.',
      }),
      OpenSeconds: key(decimal(0.01, 3600).default(15), {
        unit: 'seconds',
        effect: 'How long it is not called; then one call tries whether it is back.',
      }),
    })
    .prefault({}),
  'One circuit breaker each for the EHR, the intelligence service and the language model.',
)
