import { orderIdOf, orderKeyOf } from '@authscript/prior-auth'
import { isActiveOrder } from './active-order.ts'
import type { Attempt, Draft, Steps, Visit } from './encounter-pass.ts'

/** Carries one signed visit to its reviewable forms, one for each active order. Steps throw GatewayErrors; nothing here catches. */
export async function processEncounter(
  visit: Visit,
  steps: Steps,
  attempt: Attempt,
): Promise<void> {
  if (!(await steps.begin(visit, attempt))) return
  const bundle = await steps.hydrate(visit, attempt)
  const drafts: Draft[] = []
  for (const order of bundle.orders.filter(isActiveOrder)) {
    const analysis = await steps.analyze(visit, bundle, orderIdOf(orderKeyOf(order)), attempt)
    drafts.push({ analysis, form: await steps.fillForm(visit, bundle, analysis, attempt) })
  }
  // No signal from here on: finishing is cheaper than stopping.
  await steps.record(visit, bundle, drafts)
}
