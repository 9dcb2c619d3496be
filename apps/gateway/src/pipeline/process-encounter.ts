import {
  type Analysis,
  type ClinicalBundle,
  type EncounterRef,
  orderIdOf,
  orderKeyOf,
  type PeopleInput,
} from '@authscript/prior-auth'
import type { FilledForm } from '../forms/form-filler.ts'
import type { Attempt, Lease } from '../jobs/job.ts'
import { isActiveOrder } from './active-order.ts'

/** Carries one signed encounter to its reviewable forms, one for each active order. Steps throw GatewayErrors; nothing here catches. */
export async function processEncounter(
  pass: EncounterPass,
  steps: Steps,
  attempt: Attempt,
): Promise<void> {
  if (!(await steps.begin(pass, attempt))) return
  const bundle = await steps.hydrate(pass, attempt)
  const drafts: Draft[] = []
  for (const order of bundle.orders.filter(isActiveOrder)) {
    const analysis = await steps.analyze(pass, bundle, orderIdOf(orderKeyOf(order)), attempt)
    drafts.push(await steps.fillForm(pass, bundle, analysis, attempt))
  }
  // No signal from here on: finishing is cheaper than stopping.
  await steps.record(pass, bundle, drafts)
}

/** The steps as `processEncounter` needs them. */
export interface Steps {
  /** False when the job is outdated: another run has taken the encounter over, or it is done. */
  begin(pass: EncounterPass, attempt: Attempt): Promise<boolean>
  hydrate(pass: EncounterPass, attempt: Attempt): Promise<ClinicalBundle>
  analyze(
    pass: EncounterPass,
    bundle: ClinicalBundle,
    orderId: string,
    attempt: Attempt,
  ): Promise<Analysis>
  fillForm(
    pass: EncounterPass,
    bundle: ClinicalBundle,
    analysis: Analysis,
    attempt: Attempt,
  ): Promise<Draft>
  record(pass: EncounterPass, bundle: ClinicalBundle, drafts: readonly Draft[]): Promise<void>
}

/** One order's result, ready to be recorded. `form` is absent where no form may be filled (invariant 6). */
export interface Draft {
  /** Of the rules. */
  readonly analysis: Analysis
  /** What people had changed and typed when the form was filled. */
  readonly input: PeopleInput
  readonly form: FilledForm | undefined
}

/**
 * One pass of an encounter through the steps; `run` is its number. It outlives an attempt: the result of a finished step is kept here
 * for the next attempt, so that a retry after a failed form does not read the chart again.
 */
export class EncounterPass {
  readonly lease: Lease
  readonly ref: EncounterRef
  readonly run: number
  readonly #results = new Map<string, unknown>()

  constructor(lease: Lease) {
    const { practiceId, patientId, encounterId, run } = lease.job
    this.lease = lease
    this.ref = { practiceId, patientId, encounterId }
    this.run = run
  }

  /** The result of `step`: it is run once, however many attempts ask for it. A step that fails is run again. */
  async once<Result>(step: string, make: () => Promise<Result>): Promise<Result> {
    if (this.#results.has(step)) return this.#results.get(step) as Result
    const result = await make()
    this.#results.set(step, result)
    return result
  }
}
