import { orderIdOf, orderKeyOf } from '@authscript/prior-auth'
import type { Attempt } from '../jobs/job.ts'
import { isActiveOrder } from './active-order.ts'
import type { Draft, EncounterPass, Steps } from './encounter-pass.ts'

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
