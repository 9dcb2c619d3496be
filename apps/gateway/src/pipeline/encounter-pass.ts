import type { Analysis, ClinicalBundle, EncounterRef } from '@authscript/prior-auth'
import type { FilledForm } from '../forms/form-filler.ts'
import type { EncounterJob, Lease } from '../jobs/job.ts'

/** What one attempt may know of the task that carries it. */
export interface Attempt {
  readonly attempt: number
  readonly maxAttempts: number
  readonly workerId: string
  readonly signal: AbortSignal
}

/**
 * One visit on its way through the steps. It outlives an attempt: what a finished step produced is kept here for the next one,
 * so a retry after a failed form does not read the chart again.
 */
export class Visit {
  readonly lease: Lease<EncounterJob>
  readonly ref: EncounterRef
  readonly run: number
  readonly #results = new Map<string, unknown>()

  constructor(lease: Lease<EncounterJob>) {
    const { kind: _kind, run, ...ref } = lease.job
    this.lease = lease
    this.ref = ref
    this.run = run
  }

  /** The result of `step`, made once however many attempts ask for it. A step that fails leaves nothing behind. */
  async once<Result>(step: string, make: () => Promise<Result>): Promise<Result> {
    if (this.#results.has(step)) return this.#results.get(step) as Result
    const result = await make()
    this.#results.set(step, result)
    return result
  }
}

/** One order's result, ready to be recorded. `form` is absent where no form may be filled (invariant 6). */
export interface Draft {
  readonly analysis: Analysis
  readonly form: FilledForm | undefined
}

/** The steps of the journey, as `processEncounter` sees them. */
export interface Steps {
  /** False when the ticket is outdated: another run took the visit over, or it is done. */
  begin(visit: Visit, attempt: Attempt): Promise<boolean>
  hydrate(visit: Visit, attempt: Attempt): Promise<ClinicalBundle>
  analyze(
    visit: Visit,
    bundle: ClinicalBundle,
    orderId: string,
    attempt: Attempt,
  ): Promise<Analysis>
  fillForm(
    visit: Visit,
    bundle: ClinicalBundle,
    analysis: Analysis,
    attempt: Attempt,
  ): Promise<FilledForm | undefined>
  record(visit: Visit, bundle: ClinicalBundle, drafts: readonly Draft[]): Promise<void>
}
