import type { Clock } from '../clock.ts'
import type { GatewayConfig } from '../config.ts'
import { createSteps } from '../pipeline/steps.ts'
import type { Steps } from '../pipeline/process-encounter.ts'
import type { Backends } from './backends.ts'
import { createPracticeTime } from './practice-time.ts'
import type { Storage } from './storage.ts'

/** The steps of an encounter with this configuration, for the gateway and for the separate process. */
export function createEncounterSteps({
  config,
  storage: { store, queue },
  backends,
  clock,
  onProcessed,
}: {
  readonly config: GatewayConfig
  readonly storage: Pick<Storage, 'store' | 'queue'>
  readonly backends: Backends
  readonly clock: Clock
  onProcessed?(signToFormMs: number | undefined): void
}): Steps {
  const { dayOf } = createPracticeTime(config.Practice)
  return createSteps({
    store,
    queue,
    clock,
    ...backends,
    dayOf,
    ...(onProcessed === undefined ? {} : { onProcessed }),
    requestDayOf: (practiceId) => dayOf(practiceId, clock.now()),
  })
}
