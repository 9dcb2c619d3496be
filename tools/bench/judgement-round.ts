import { analyze, policies, toFormContent } from '@authscript/intelligence'
import { fillForm } from '../../apps/gateway/src/forms/fill-form.ts'
import { generalTemplate } from '../../apps/gateway/src/forms/templates/general-template.ts'
import { caseTables } from '@authscript/labelled-cases'
import { orderId, toBundle, encounterDay } from '@authscript/labelled-cases'

/** One round of `judgement` in its own process; prints its figures as JSON. */

const warmUps = 2
const formCount = 60
/** So few that no garbage is collected meanwhile, so the heap shows all that they allocated. */
const sampled = 20

const switchedOn = policies.map((policy) => policy.policyId)
const analyzeOrder = (bundle: ReturnType<typeof toBundle>) =>
  analyze(bundle, orderId, { switchedOn })

/** New objects each time, because the notes of a bundle that was analyzed before are not read again. */
const newBundles = () =>
  caseTables.flatMap((table) => table.cases).map((one) => toBundle(one.chart))
for (let pass = 0; pass < warmUps; pass += 1)
  for (const bundle of newBundles()) analyzeOrder(bundle)
const bundles = newBundles()
const others = newBundles().slice(0, sampled)

globalThis.gc?.()
const heapBefore = process.memoryUsage().heapUsed
for (const bundle of others) analyzeOrder(bundle)
const allocated = process.memoryUsage().heapUsed - heapBefore
const analyses = bundles.map((bundle) => timed(() => analyzeOrder(bundle)))
globalThis.gc?.()
const kept = process.memoryUsage().heapUsed - heapBefore

const template = await generalTemplate()
const forms: number[] = []
for (const bundle of bundles.slice(0, formCount)) {
  const content = toFormContent(bundle, analyzeOrder(bundle), encounterDay)
  const startedAt = performance.now()
  await fillForm(content, template)
  forms.push(performance.now() - startedAt)
}

console.log(
  JSON.stringify({
    analysesPerSecond: perSecond(analyses),
    analyzeP99Ms: percentile(analyses, 0.99),
    formsPerSecond: perSecond(forms.slice(1)),
    formP99Ms: percentile(forms.slice(1), 0.99),
    allocatedKbPerEncounter: allocated / sampled / 1024,
    keptKbPerEncounter: Math.max(0, kept) / bundles.length / 1024,
  }),
)

function timed(run: () => unknown): number {
  const startedAt = performance.now()
  run()
  return performance.now() - startedAt
}

function perSecond(times: readonly number[]): number {
  return (times.length * 1000) / times.reduce((sum, one) => sum + one, 0)
}

function percentile(times: readonly number[], share: number): number {
  const sorted = [...times].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}
