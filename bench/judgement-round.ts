import { analyze, policies, toFormContent } from '@authscript/intelligence'
import { fillForm } from '../apps/gateway/src/forms/fill-form.ts'
import { caseTables } from '../packages/intelligence/cases/case-tables.ts'
import { orderId, toBundle, visitDay } from '../packages/intelligence/cases/chart-sketch.ts'

/** One round of `judgement`, alone in its process; prints its figures as JSON. */

const observationCount = 20_000
const warmUps = 2
const formCount = 60

const switchedOn = policies.map((policy) => policy.policyId)
const judge = (bundle: ReturnType<typeof toBundle>) => analyze(bundle, orderId, { switchedOn })

const large = timeLargeChart()
const bundles = caseTables.flatMap((table) => table.cases).map((one) => toBundle(one.chart))
for (let pass = 0; pass < warmUps; pass += 1) for (const bundle of bundles) judge(bundle)

globalThis.gc?.()
const heapBefore = process.memoryUsage().heapUsed
const analyses = bundles.map((bundle) => timed(() => judge(bundle)))
globalThis.gc?.()
const heapAfter = process.memoryUsage().heapUsed

const forms: number[] = []
for (const bundle of bundles.slice(0, formCount)) {
  const content = toFormContent(bundle, judge(bundle), visitDay)
  const startedAt = performance.now()
  await fillForm(content)
  forms.push(performance.now() - startedAt)
}

console.log(
  JSON.stringify({
    analysesPerSecond: perSecond(analyses),
    analyzeP99Ms: percentile(analyses, 0.99),
    formsPerSecond: perSecond(forms.slice(1)),
    formP99Ms: percentile(forms.slice(1), 0.99),
    kilobytesPerEncounter: Math.max(0, heapAfter - heapBefore) / bundles.length / 1024,
    ...large,
  }),
)

/** A chart as a long intensive-care stay leaves it, judged by every policy that looks at observations, in a cold process. */
function timeLargeChart(): { readonly largeChartMs: number; readonly largeChartPeakMb: number } {
  const observed = policies.filter((policy) =>
    policy.criteria.some((one) => (one.coded ?? []).some((rule) => rule.from === 'observations')),
  )
  const codes = [...observed, ...policies].map((policy) => policy.procedureCodes[0] ?? '')
  const times = [...new Set(codes)].map((code) => {
    const bundle = toBundle({
      order: { code },
      note: 'Seen today. No new complaints.',
      observations: Array.from({ length: observationCount }, (_, index) => ({
        code: ['2708-6', '59408-5', '8867-4', '8480-6', '39156-5'][index % 5] ?? '2708-6',
        text: 'Vital sign',
        value: 60 + (index % 40),
        unit: index % 5 === 4 ? 'kg/m2' : '%',
        daysAgo: index % 360,
      })),
    })
    return timed(() => judge(bundle))
  })
  return {
    largeChartMs: Math.max(...times),
    largeChartPeakMb: process.resourceUsage().maxRSS / 1024,
  }
}

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
