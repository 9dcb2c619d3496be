import type { Attempt, TimedStep, TimeStep } from '../jobs/job.ts'
import type { EncounterPass, Steps } from './process-encounter.ts'

/** The same steps; records how long each takes. */
export function timedSteps(steps: Steps, time: TimeStep): Steps {
  /** `record` does not get its attempt: it is the one that began last. */
  const attempts = new WeakMap<EncounterPass, Attempt>()
  const timed = <Result>(
    kind: TimedStep['kind'],
    pass: EncounterPass,
    attempt: Pick<Attempt, 'attempt' | 'workerId'> | undefined,
    work: () => Promise<Result>,
  ) => {
    const { attempt: number = 1, workerId = '' } = attempt ?? {}
    return time({ kind, ref: pass.ref, run: pass.run, attempt: number, workerId }, work)
  }
  return {
    begin(pass, attempt) {
      attempts.set(pass, attempt)
      return steps.begin(pass, attempt)
    },
    hydrate: (pass, attempt) => timed('read', pass, attempt, () => steps.hydrate(pass, attempt)),
    analyze: (pass, bundle, orderId, attempt) =>
      timed('judge', pass, attempt, () => steps.analyze(pass, bundle, orderId, attempt)),
    fillForm: (pass, bundle, analysis, attempt) =>
      timed('fill', pass, attempt, () => steps.fillForm(pass, bundle, analysis, attempt)),
    record: (pass, bundle, drafts) =>
      timed('record', pass, attempts.get(pass), () => steps.record(pass, bundle, drafts)),
  }
}
