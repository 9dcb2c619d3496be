import { analyze, policies } from '@authscript/intelligence'
import { orderId, toBundle } from '@authscript/labelled-cases'

/** Analyzes the chart of a long stay once, in a cold process that does nothing else, and prints the figures as JSON. `argv[2]`: the policy. */

const observationCount = 20_000

const policy = policies.find((one) => one.policyId === process.argv[2])
if (policy === undefined) throw new Error(`no policy ${process.argv[2] ?? ''}`)
const bundle = toBundle({
  order: { code: policy.procedureCodes[0] ?? '' },
  note: 'Seen today. No new complaints.',
  observations: Array.from({ length: observationCount }, (_, index) => ({
    code: ['2708-6', '59408-5', '8867-4', '8480-6', '39156-5'][index % 5] ?? '2708-6',
    text: 'Vital sign',
    value: 60 + (index % 40),
    unit: index % 5 === 4 ? 'kg/m2' : '%',
    daysAgo: index % 360,
  })),
})
const startedAt = performance.now()
const analysis = analyze(bundle, orderId, { switchedOn: [policy.policyId] })
const ms = performance.now() - startedAt
if (analysis.outcome !== 'assessed') throw new Error(analysis.outcome)
console.log(JSON.stringify({ ms, peakMb: process.resourceUsage().maxRSS / 1024 }))
